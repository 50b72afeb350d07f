"""How things look on a terminal: colours, columns, and untrusted text as nothing but text."""

from collections.abc import Sequence
from itertools import zip_longest
from typing import Final

from rich.console import Console
from rich.text import Text

from samestack.model import Origin
from samestack.model.risk import Risk
from samestack.render.component_text import short_digest
from samestack.render.printable import printable

RISK_STYLES: Final = {
    Risk.BREAKS: "bold red",
    Risk.RESULTS: "bold yellow",
    Risk.SPEED: "bold blue",
    Risk.UNKNOWN: "bold magenta",
    Risk.NONE: "dim",
}
HEADING_STYLE: Final = "bold"
QUIET_STYLE: Final = "dim"

COLUMN_GAP: Final = 2
"""Between two columns of a table, in columns of the terminal."""


def plain(text: str, style: str = "") -> Text:
    """Text that stands as it is: never markup, never a control sequence; a long word is folded."""
    return Text(printable(text), style=style, overflow="fold")


def fitted(natural: Sequence[int], available: int) -> tuple[int, ...]:
    """Widths of columns that fit side by side: the widest are cut down to one common width, at least 1."""
    space = available - COLUMN_GAP * (len(natural) - 1)
    common = max(natural, default=1)
    while common > 1 and sum(min(width, common) for width in natural) > space:
        common -= 1
    return tuple(max(min(width, common), 1) for width in natural)


def print_text(text: Text, console: Console, *, indent: int = 0) -> None:
    """Print text, folded into the terminal's width; here and below no line ends in spaces."""
    print_columns((text,), (max(console.width - indent, 1),), console, indent=indent)


def print_item(mark: str, text: Text, console: Console, *, indent: int = 0) -> None:
    """Print one thing of a list after its mark of one character; its further lines stand under its first."""
    width = max(console.width - indent - 2, 1)
    print_columns((Text(mark), text), (1, width), console, indent=indent, gap=1)


def print_columns(
    cells: Sequence[Text], widths: Sequence[int], console: Console, *, indent: int = 0, gap: int = COLUMN_GAP
) -> None:
    """Print one row of cells side by side, each folded into its width."""
    folded = [cell.wrap(console, width, overflow="fold") for cell, width in zip(cells, widths, strict=True)]
    for parts in zip_longest(*folded, fillvalue=Text()):
        line = Text(" " * indent)
        for part, width in zip(parts, widths, strict=True):
            line.append_text(part)
            line.append(" " * (width - part.cell_len + gap))
        line.rstrip()
        console.print(line, no_wrap=True, crop=False)


def origin_line(origin: Origin, digest: str) -> Text:
    """What was read, how it speaks, its stack's digest, and when and where it was read."""
    reading = ", ".join(
        part for part in (origin.kind, origin.standing, "deep" if origin.deep else "") if part
    )
    read_at = f"read {origin.captured_at}" + (f" on {origin.machine}" if origin.machine else "")
    line = plain(origin.reference, HEADING_STYLE)
    for part in (f"({reading})", short_digest(digest), read_at):
        line.append_text(plain(f"  {part}", QUIET_STYLE))
    return line
