"""What an image weighs, for people: by layer, by package, what is of no use, and what a change moves."""

from collections.abc import Sequence
from textwrap import shorten
from typing import Final

from rich.console import Console
from rich.text import Text

from samestack.image.sizes.movement import Movement
from samestack.image.sizes.sizes import LayerSize, OwnerSize, Sizes, Waste
from samestack.render.images.byte_words import byte_words, counted
from samestack.render.images.sizes_words import (
    change_words,
    duplicate_words,
    hidden_words,
    layers_words,
    movement_words,
    share_words,
    summary,
    waste_words,
)
from samestack.render.terminal_style import (
    COLUMN_GAP,
    HEADING_STYLE,
    QUIET_STYLE,
    fitted,
    plain,
    print_columns,
    print_item,
    print_text,
)

_INDENT: Final = 2
_MOST_OWNERS: Final = 25
_MOST_LISTED: Final = 5
_MOST_PATHS: Final = 3
_LONGEST_TITLE: Final = 90


def print_sizes(
    sizes: Sizes, console: Console, *, movement: Movement | None = None, full: bool = False
) -> None:
    """Print it; without ``full`` the largest of everything, and how many more there are."""
    print_text(plain(f"{sizes.shown}  {sizes.platform}", HEADING_STYLE), console)
    print_text(plain(summary(sizes)), console)
    _print_layers(sizes.layers, console)
    _print_owners(sizes, console, most=len(sizes.owners) if full else _MOST_OWNERS)
    most = None if full else _MOST_LISTED
    _print_list("hardly needed", [_waste_line(one) for one in sizes.waste], console, most)
    duplicates = [
        f"{byte_words(one.wasted)} in {duplicate_words(one, _MOST_PATHS)}" for one in sizes.duplicates
    ]
    _print_list("there more than once", duplicates, console, most)
    hidden = [f"{byte_words(one.unpacked)} of {hidden_words(one)}" for one in sizes.hidden]
    _print_list("moved and never seen", hidden, console, most)
    if movement is not None:
        _print_movement(movement, console, most)


def _print_layers(layers: Sequence[LayerSize], console: Console) -> None:
    rows = [
        (
            plain(str(one.number), QUIET_STYLE),
            plain(byte_words(one.moved)),
            plain(byte_words(one.unpacked)),
            plain(f"{one.files:,}"),
            plain(one.kind, QUIET_STYLE),
            plain(_one_line(one.title)),
        )
        for one in layers
    ]
    _print_table("layers", ("", "moved", "unpacked", "files", "kind", "what"), rows, console)


def _print_owners(sizes: Sizes, console: Console, *, most: int) -> None:
    owners, total = sizes.owners, sizes.unpacked
    rows = [_owner_row(one, total) for one in owners[:most]]
    _print_table("packages", ("", "unpacked", "share", "files", "of", "layers"), rows, console)
    _print_more(len(owners) - most, console)


def _owner_row(owner: OwnerSize, total: int) -> tuple[Text, ...]:
    return (
        plain(owner.owner.label),
        plain(byte_words(owner.unpacked)),
        plain(share_words(owner.unpacked, total)),
        plain(f"{owner.files:,}"),
        plain(owner.owner.kind, QUIET_STYLE),
        plain(layers_words(owner), QUIET_STYLE),
    )


def _waste_line(waste: Waste) -> str:
    return f"{byte_words(waste.unpacked)} of {waste.kind}: {waste_words(waste)}; {waste.remedy}"


def _print_movement(movement: Movement, console: Console, most: int | None) -> None:
    console.print()
    print_text(plain(movement_words(movement), HEADING_STYLE), console)
    layers = [
        f"{byte_words(one.moved)}  {_one_line(one.title)}{f' ({one.why})' if one.why else ''}"
        for one in movement.moved
    ]
    _print_items(layers, console, most)
    if movement.changes:
        print_text(plain(counted(len(movement.changes), "package") + " change:"), console)
        _print_items([change_words(one) for one in movement.changes], console, most)


def _print_list(heading: str, lines: Sequence[str], console: Console, most: int | None) -> None:
    if lines:
        console.print()
        print_text(plain(heading, HEADING_STYLE), console)
        _print_items(lines, console, most)


def _print_items(lines: Sequence[str], console: Console, most: int | None) -> None:
    shown = lines if most is None else lines[:most]
    for line in shown:
        print_item("-", plain(line), console, indent=_INDENT)
    _print_more(len(lines) - len(shown), console)


def _print_more(number: int, console: Console) -> None:
    if number > 0:
        print_text(
            plain(f"and {number:,} more (list them with --full)", QUIET_STYLE), console, indent=_INDENT
        )


def _print_table(
    heading: str, headings: Sequence[str], rows: Sequence[tuple[Text, ...]], console: Console
) -> None:
    """A table whose last column takes what room there is."""
    console.print()
    print_text(plain(heading, HEADING_STYLE), console)
    if not rows:
        return
    cells = (tuple(plain(one, QUIET_STYLE) for one in headings), *rows)
    natural = [max(cell.cell_len for cell in column) for column in zip(*cells, strict=True)]
    *first, last = fitted(natural, console.width - _INDENT)
    for row in cells:
        print_columns(row, (*first, last), console, indent=_INDENT, gap=COLUMN_GAP)


def _one_line(title: str) -> str:
    return shorten(title, _LONGEST_TITLE, placeholder=" ...")
