"""What differs between two profiles on a terminal: a line for each variable, secrets by fingerprint."""

from rich.console import Console

from samestack.config.differing import Difference, ProfileComparison, Relation
from samestack.render.configuration.columns import print_rows
from samestack.render.configuration.difference_words import (
    FINGERPRINTS,
    has_fingerprints,
    origins_words,
    sentences,
    sides_words,
    tabled,
)
from samestack.render.terminal_style import HEADING_STYLE, QUIET_STYLE, plain, print_text


def print_comparison(comparison: ProfileComparison, console: Console, *, with_origins: bool = False) -> None:
    """Print what differs, then what is to be said of the rest."""
    headings = ("variable", comparison.before, comparison.after, *(("from",) if with_origins else ()))
    rows = [
        (
            plain(one.name, HEADING_STYLE),
            *map(plain, sides_words(one)),
            *((plain(origins_words(one), QUIET_STYLE),) if with_origins else ()),
        )
        for one in tabled(comparison)
    ]
    if rows:
        print_rows(headings, rows, console)
        console.print()
    if has_fingerprints(comparison):
        print_text(plain(FINGERPRINTS, QUIET_STYLE), console)
    style = "yellow" if _shares(comparison.differences) else ""
    *further, last = sentences(comparison)
    for sentence in further:
        print_text(plain(sentence, style), console)
    print_text(plain(last, "" if rows else "green"), console)


def _shares(differences: tuple[Difference, ...]) -> bool:
    return any(one.relation is Relation.SAME_SECRET for one in differences)
