"""A snapshot on a terminal: what was read, layer by layer, and what was odd about it."""

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Final

from rich.console import Console
from rich.text import Text

from samestack.model import HOST_LAYERS, Component, Ecosystem, Layer, Remark, Snapshot
from samestack.render.component_text import is_os_package, stated, title, value_text
from samestack.render.terminal_style import (
    HEADING_STYLE,
    QUIET_STYLE,
    fitted,
    origin_line,
    plain,
    print_columns,
    print_item,
    print_text,
)

_INDENT: Final = 2
_LONGEST_FACT: Final = 40


def print_snapshot(snapshot: Snapshot, console: Console, *, full: bool = False) -> None:
    """Print every component with its version and origin, the deepest layer first, then the remarks.

    Without ``full``, the packages of the operating system are only counted.
    """
    print_text(origin_line(snapshot.origin, snapshot.stack.digest), console)
    components = (*snapshot.host, *snapshot.stack, *snapshot.configuration)
    for layer in Layer:
        _print_layer(layer, [one for one in components if one.layer is layer], console, full=full)
    if not components:
        console.print(Text("nothing was found in it", style=QUIET_STYLE))
    if snapshot.remarks:
        _print_remarks(snapshot.remarks, console)


def _print_layer(layer: Layer, components: list[Component], console: Console, *, full: bool) -> None:
    if not components:
        return
    console.print()
    console.print(Text.assemble((layer, HEADING_STYLE), "  ", (str(len(components)), QUIET_STYLE)))
    is_short = layer is Layer.SYSTEM and not full
    counted = Counter(one.ecosystem for one in components if is_short and is_os_package(one))
    _print_rows([one for one in components if one.ecosystem not in counted], console)
    for ecosystem, number in counted.items():
        line = f"{number} {ecosystem} packages (list them with --full)"
        print_text(Text(line, style=QUIET_STYLE), console, indent=_INDENT)


def _print_rows(components: Iterable[Component], console: Console) -> None:
    rows = [
        (plain(title(one)), plain(stated(one)), plain(", ".join(_origin(one)), QUIET_STYLE))
        for one in components
    ]
    natural = [max(cell.cell_len for cell in column) for column in zip(*rows, strict=True)]
    widths = fitted(natural, console.width - _INDENT)
    for row in rows:
        print_columns(row, widths, console, indent=_INDENT)


def _origin(component: Component) -> Iterator[str]:
    """Where it comes from and how it was built; of what belongs to the host, what else is known of it."""
    if component.ecosystem is Ecosystem.CONDA:
        yield component.ecosystem
    yield from filter(None, (component.build, component.source, component.marker))
    if component.layer in HOST_LAYERS:
        for name, value in component.facts.items():
            text = value_text(value)
            if len(text) <= _LONGEST_FACT:
                yield f"{name.replace('_', ' ')} {text}"


def _print_remarks(remarks: tuple[Remark, ...], console: Console) -> None:
    console.print()
    console.print(Text.assemble(("remarks", HEADING_STYLE), "  ", (str(len(remarks)), QUIET_STYLE)))
    for remark in remarks:
        place = f" [{remark.place}]" if remark.place else ""
        text = f"{remark.layer}, {remark.subject}: {remark.message}{place}"
        print_item("-", plain(text), console, indent=_INDENT)
