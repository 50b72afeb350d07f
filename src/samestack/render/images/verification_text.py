"""An image held against its lock, for people: the answer, each deviation, and what was not looked at."""

from collections.abc import Sequence
from typing import Final

from rich.console import Console

from samestack.image.verifying.verification import Deviation, Verification
from samestack.render.images.verification_words import (
    KINDS,
    detail_words,
    groups,
    scope,
    unchecked_words,
    verdict,
)
from samestack.render.terminal_style import (
    HEADING_STYLE,
    QUIET_STYLE,
    fitted,
    plain,
    print_columns,
    print_item,
    print_text,
)

_INDENT: Final = 2
_MOST_LISTED: Final = 12


def print_verification(verification: Verification, console: Console, *, full: bool = False) -> None:
    """Print it; without ``full`` the first deviations of every group, and how many more there are."""
    print_text(plain(f"{verification.shown}  {verification.platform}", HEADING_STYLE), console)
    print_text(plain(scope(verification)), console)
    print_text(plain(verdict(verification), "bold green" if verification.is_whole else "bold red"), console)
    for heading, deviations in groups(verification):
        console.print()
        print_text(plain(heading, HEADING_STYLE), console)
        _print_deviations(deviations if full else deviations[:_MOST_LISTED], console)
        _print_more(0 if full else len(deviations) - _MOST_LISTED, console)
    if verification.unchecked:
        console.print()
        print_text(plain("not held against anything", HEADING_STYLE), console)
    for unchecked in verification.unchecked:
        print_item("-", plain(unchecked_words(unchecked)), console, indent=_INDENT)
    if verification.notes:
        console.print()
    for note in verification.notes:
        print_item("-", plain(note), console)


def _print_deviations(deviations: Sequence[Deviation], console: Console) -> None:
    rows = [(plain(KINDS[one.kind], "red"), plain(one.subject)) for one in deviations]
    widths = fitted(
        [max(cell.cell_len for cell in column) for column in zip(*rows, strict=True)], console.width - _INDENT
    )
    for row, one in zip(rows, deviations, strict=True):
        print_columns(row, widths, console, indent=_INDENT)
        if words := detail_words(one):
            print_text(plain(words, QUIET_STYLE), console, indent=_INDENT + widths[0] + 2)


def _print_more(number: int, console: Console) -> None:
    if number > 0:
        print_text(
            plain(f"and {number:,} more (list them with --full)", QUIET_STYLE), console, indent=_INDENT
        )
