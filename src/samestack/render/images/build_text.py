"""A built image for people: what is in it, what was written and what was moved."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Final

from samestack.image.building.request import Built, BuiltImage, BuiltLayer
from samestack.render.images.byte_words import byte_words, counted
from samestack.render.printable import printable

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table

_SHOWN: Final = 12
"""Layers that are shown of an image; the others are summed up."""


def print_build(built: Built, console: "Console") -> None:
    """Print a table of the largest layers of each platform, and the digest."""
    for image in built.images:
        console.print(f"[bold]{image.platform}[/bold]  {_summary(image.layers)}")
        console.print(_table(image))
    console.print(f"{printable(built.output)}", markup=False, soft_wrap=True)
    console.print(built.descriptor.digest, style="bold", soft_wrap=True)


def _table(image: BuiltImage) -> "Table":
    from rich.table import Table

    table = Table(box=None, show_header=False, pad_edge=False, padding=(0, 2, 0, 0))
    table.add_column(style="dim")
    table.add_column(justify="right")
    table.add_column(style="dim")
    table.add_column(overflow="ellipsis", no_wrap=True)
    largest = sorted(image.layers, key=lambda one: -one.size)[:_SHOWN]
    for layer in (one for one in image.layers if one in largest):
        table.add_row(layer.kind, byte_words(layer.size), _state(layer), printable(layer.title))
    rest = [one for one in image.layers if one not in largest]
    if rest:
        table.add_row("", byte_words(_sum(rest)), "", f"in {len(rest)} smaller layers")
    return table


def _summary(layers: tuple[BuiltLayer, ...]) -> str:
    written = [one for one in layers if one.was_written]
    moved = [one for one in layers if one.was_moved]
    return (
        f"{counted(len(layers), 'layer')}, {byte_words(_sum(layers))}; "
        f"written {len(written)}, {byte_words(_sum(written))}; moved {len(moved)}, {byte_words(_sum(moved))}"
    )


def _state(layer: BuiltLayer) -> str:
    if layer.was_written:
        return "written"
    return "moved" if layer.was_moved else "there"


def _sum(layers: Iterable[BuiltLayer]) -> int:
    return sum(one.size for one in layers)
