"""A comparison as a comment on a pull request: Markdown with tables, never longer than a comment may be."""

from collections.abc import Iterable, Iterator
from typing import Final

from msgspec import Struct

from samestack.compare.difference import Comparison, Difference, Relation, Side
from samestack.render.comparison.change_text import aspects, sides
from samestack.render.comparison.coverage_text import coverage_lines
from samestack.render.comparison.layer_differences import LayerDifferences, by_layer
from samestack.render.comparison.verdict import how_many_differ, verdict_sentence
from samestack.render.component_text import short_digest, title
from samestack.render.markdown_text import code, prose, source_link

MAX_BYTES: Final = 60_000
"""Code hosts refuse comments of more than 65,536 characters."""

_LONG_LINE: Final = 4_000
_LAST: Final = 1_000
_HEAD: Final = "| risk | component | before (A) | after (B) | why |\n|---|---|---|---|---|"


class _Row(Struct, frozen=True, eq=False):
    """A line of a table, itself and no other; the lower its rank, the sooner it is given space."""

    rank: int
    text: str


class _Group(Struct, frozen=True):
    """Rows under one heading; what a reader rarely wants is folded."""

    heading: str
    rows: tuple[_Row, ...]
    is_folded: bool = False


def comparison_markdown(comparison: Comparison) -> str:
    """The comparison as Markdown of at most :data:`MAX_BYTES` in UTF-8.

    When not everything fits, the rows of the lowest risk go first, and a sentence says how many.
    """
    groups = [group for layer in by_layer(comparison) for group in _groups(layer) if group.rows]
    opening = (f"### {verdict_sentence(comparison)}", _environments(comparison), *_coverage(comparison))
    rows = [row for group in groups for row in group.rows]
    frame = _joined(*opening, *(_block(group, ()) for group in groups), _cut(rows, rows))
    kept = _fitting(rows, MAX_BYTES - len(frame.encode()))
    blocks = [
        _block(group, lines) for group in groups if (lines := [one for one in group.rows if one in kept])
    ]
    left_out = [row for row in rows if row not in kept]
    return _joined(*opening, *blocks, *((_cut(left_out, rows),) if left_out else ()))


def _joined(*blocks: str) -> str:
    return "\n\n".join(blocks) + "\n"


def _cut(left_out: list[_Row], rows: list[_Row]) -> str:
    return (
        f"**{len(left_out)} of {len(rows)} rows are left out here**, those of the lowest risk; "
        "`samestack diff A B -o report.html` shows them all."
    )


def _environments(comparison: Comparison) -> str:
    lines = ["| | environment | stack | read |", "|---|---|---|---|"]
    return "\n".join((*lines, _environment("A", comparison.before), _environment("B", comparison.after)))


def _environment(letter: str, side: Side) -> str:
    origin = side.origin
    kind = f"{code(origin.reference)} ({prose(origin.kind)}, {origin.standing})"
    return f"| {letter} | {kind} | {code(short_digest(side.digest))} | {prose(origin.captured_at)} |"


def _coverage(comparison: Comparison) -> Iterator[str]:
    """A list of what the two pin and carry; it is cut where somebody declares thousands of packages."""
    if comparison.coverage is not None:
        lines = (f"- **{heading}**: {prose(said)}" for heading, said in coverage_lines(comparison.coverage))
        yield "\n".join(line if len(line) <= _LONG_LINE else f"{line[:_LONG_LINE]} ..." for line in lines)


def _groups(layer: LayerDifferences) -> Iterator[_Group]:
    yield _Group(f"{layer.layer}: {how_many_differ(len(layer.differing))}", _rows(layer.listed, 0))
    folded = (
        ("OS packages of no known role that differ", layer.minor),
        ("agree", layer.agreed),
        ("not stated in A", layer.unstated_before),
        ("not stated in B", layer.unstated_after),
    )
    for rank, (words, differences) in enumerate(folded, start=1):
        heading = f"{layer.layer}: {len(differences)} {words}"
        yield _Group(heading, _rows(differences, 10 * rank), is_folded=True)


def _rows(differences: Iterable[Difference], rank: int) -> tuple[_Row, ...]:
    return tuple(_row(_line(one), rank + one.risk.rank) for one in differences)


def _row(line: str, rank: int) -> _Row:
    # Whoever writes a monstrous name does not thereby push everything else out of the comment.
    return _Row(rank + (_LAST if len(line) > _LONG_LINE else 0), line)


def _line(difference: Difference) -> str:
    is_known = difference.relation is Relation.DIFFERS
    word = f"**{difference.risk}**" if is_known else difference.relation
    before, after = _cells(difference)
    name = code(title(difference.change.component))
    return f"| {word} | {name} | {before} | {after} | {'<br>'.join(_why(difference))} |"


def _cells(difference: Difference) -> Iterator[str]:
    """Both sides as code, and the word for a side on which the component is not there as a word."""
    change = difference.change
    for component, words in zip((change.before, change.after), sides(difference), strict=True):
        yield code(words) if component is not None else words


def _why(difference: Difference) -> Iterator[str]:
    for reason in difference.reasons:
        yield " ".join((prose(reason.text), *(source_link(source) for source in reason.sources)))
    before, after = sides(difference)
    if before == after:
        for one in aspects(difference.change):
            yield f"{prose(one.label)}: {code(one.before)} → {code(one.after)}"


def _fitting(rows: list[_Row], space: int) -> set[_Row]:
    kept = set()
    for row in sorted(rows, key=lambda one: one.rank):
        space -= len(row.text.encode()) + 1
        if space >= 0:
            kept.add(row)
    return kept


def _block(group: _Group, rows: Iterable[_Row]) -> str:
    table = "\n".join((_HEAD, *(row.text for row in rows)))
    if group.is_folded:
        return f"<details><summary>{group.heading}</summary>\n\n{table}\n\n</details>"
    return f"#### {group.heading}\n\n{table}"
