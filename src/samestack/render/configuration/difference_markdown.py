"""What differs between two profiles as Markdown, for a comment on a pull request."""

from collections.abc import Iterator

from samestack.config.differing import Difference, ProfileComparison
from samestack.render.configuration.difference_words import (
    ABSENT,
    FINGERPRINTS,
    has_fingerprints,
    origins_words,
    sentences,
    sides_words,
    tabled,
)
from samestack.render.markdown_text import code, prose


def comparison_markdown(comparison: ProfileComparison, *, with_origins: bool = False) -> str:
    """A heading, a table, and what is to be said of the rest."""
    blocks = [f"### {code(comparison.before)} and {code(comparison.after)}"]
    rows = [_row(one, with_origins=with_origins) for one in tabled(comparison)]
    if rows:
        names = ("variable", code(comparison.before), code(comparison.after), *(["from"] * with_origins))
        head = (f"| {' | '.join(names)} |", f"|{'---|' * len(names)}")
        blocks.append("\n".join((*head, *rows)))
    return "\n\n".join((*blocks, *map(prose, _said(comparison)))) + "\n"


def _said(comparison: ProfileComparison) -> Iterator[str]:
    if has_fingerprints(comparison):
        yield FINGERPRINTS
    yield from sentences(comparison)


def _row(difference: Difference, *, with_origins: bool) -> str:
    cells = [code(difference.name), *map(_cell, sides_words(difference))]
    if with_origins:
        cells.append(prose(origins_words(difference)))
    return f"| {' | '.join(cells)} |"


def _cell(words: str) -> str:
    return words if words == ABSENT else code(words)
