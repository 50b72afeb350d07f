"""Rows of a table below quiet headings, in columns as wide as they have to be and the terminal allows."""

from collections.abc import Sequence

from rich.console import Console
from rich.text import Text

from samestack.render.terminal_style import QUIET_STYLE, fitted, plain, print_columns


def print_rows(headings: Sequence[str], rows: Sequence[Sequence[Text]], console: Console) -> None:
    """Print them; what is wider than its column goes on below."""
    head = tuple(plain(heading, QUIET_STYLE) for heading in headings)
    natural = [max(cell.cell_len for cell in column) for column in zip(head, *rows, strict=True)]
    widths = fitted(natural, console.width)
    for row in (head, *rows):
        print_columns(row, widths, console)
