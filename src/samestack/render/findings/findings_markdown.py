"""What a check found as a comment on a pull request: Markdown, never longer than a comment may be."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from msgspec import Struct

from samestack.check.finding import Finding
from samestack.check.report import Report, Suppressed
from samestack.render.findings.findings_words import asked, host_name, how_many, named, title, verdict
from samestack.render.markdown_text import code, prose, source_link

MAX_BYTES: Final = 60_000
"""Code hosts refuse comments of more than 65,536 characters."""

_EVIDENCE_SHOWN: Final = 6
_LONG_ROW: Final = 6_000
_HEAD: Final = "| severity | about | what happens, and how that is known | what to do |\n|---|---|---|---|"
_SUPPRESSED_HEAD: Final = "| about | what happens | until | reason |\n|---|---|---|---|"


class _Section(Struct, frozen=True):
    """What is said of one environment: the heading, then rows, and folded ones."""

    heading: str
    rows: tuple[str, ...]
    folded: tuple[str, ...]


def findings_markdown(reports: Sequence[Report]) -> str:
    """The reports as Markdown of at most :data:`MAX_BYTES` in UTF-8; what does not fit is counted."""
    opening = f"### {'Check passed' if all(one.has_passed for one in reports) else 'Check failed'}: "
    blocks = [opening + verdict(reports) + " found"]
    space = MAX_BYTES - _size(blocks) - _size([_cut(10**9)])
    left_out = 0
    for section in map(_section, reports):
        kept, missing = _fitting(section, space)
        left_out += missing
        blocks += kept
        space -= _size(kept)
    return "\n\n".join((*blocks, *([_cut(left_out)] if left_out else []))) + "\n"


def _section(report: Report) -> _Section:
    host = host_name(report)
    name = code(named(report.origin)) + (f", to run on {code(host)}" if host else "")
    return _Section(
        f"#### {name}\n\n{prose(verdict((report,)))} found; {prose(asked(report))}.",
        tuple(map(_row, report.findings)),
        tuple(
            "| " + " | ".join((_about(one.finding), *map(prose, _words(one)))) + " |"
            for one in report.suppressed
        ),
    )


def _words(suppressed: Suppressed) -> tuple[str, str, str]:
    return suppressed.finding.message, suppressed.until, suppressed.reason


def _row(finding: Finding) -> str:
    known = "<br>".join((prose(finding.message), *_known(finding)))
    todo = "<br>".join(part for part in (prose(finding.remedy), code(finding.command)) if part != _EMPTY)
    return f"| **{finding.severity}** | {_about(finding)} | {known} | {todo} |"


_EMPTY: Final = code("")


def _about(finding: Finding) -> str:
    return f"{code(title(finding))}<br>{prose(finding.rule)}"


def _known(finding: Finding) -> Iterator[str]:
    for line in finding.evidence[:_EVIDENCE_SHOWN]:
        yield f"- {prose(line)}"
    if len(finding.evidence) > _EVIDENCE_SHOWN:
        yield f"- and {len(finding.evidence) - _EVIDENCE_SHOWN} more"
    yield from map(source_link, finding.sources)


def _fitting(section: _Section, space: int) -> tuple[list[str], int]:
    """As much of a section as there is space for, and how many of its rows that leaves out."""
    space -= _size([section.heading, _HEAD, _folded(_SUPPRESSED_HEAD, ())])
    if space < 0:
        return [], len(section.rows) + len(section.folded)
    rows, space = _within(section.rows, space)
    folded, space = _within(section.folded, space)
    blocks = [section.heading]
    if rows:
        blocks.append("\n".join((_HEAD, *rows)))
    if folded:
        blocks.append(_folded(_SUPPRESSED_HEAD, folded))
    return blocks, len(section.rows) - len(rows) + len(section.folded) - len(folded)


def _within(rows: Iterable[str], space: int) -> tuple[list[str], int]:
    """The rows that fit, in their order: a monstrous one does not push out those after it."""
    kept = []
    for row in rows:
        size = len(row.encode()) + 1
        if size <= min(space, _LONG_ROW):
            kept.append(row)
            space -= size
    return kept, space


def _folded(head: str, rows: Sequence[str]) -> str:
    table = "\n".join((head, *rows))
    return f"<details><summary>{how_many(len(rows), 'finding')} suppressed</summary>\n\n{table}\n\n</details>"


def _cut(number: int) -> str:
    rows = how_many(number, "finding")
    return f"**{rows} left out here**; `--format json` tells them all."


def _size(blocks: Iterable[str]) -> int:
    return sum(len(block.encode()) + 2 for block in blocks)
