"""Parity as a comment on a pull request: Markdown, never longer than a comment may be."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from samestack.check.finding import Finding
from samestack.parity.report import ParityReport
from samestack.render.findings.findings_words import how_many
from samestack.render.markdown_text import code, prose
from samestack.render.parity.parity_words import HEADINGS, NOTHING, allowed_words, answer, cells, scope, title

MAX_BYTES: Final = 60_000
"""Code hosts refuse comments of more than 65,536 characters."""
_MOST_EVIDENCE: Final = 6
_LONG_ROW: Final = 6_000
_RESERVED: Final = 200
_FINDINGS: Final = ("severity", "about", "what happens, and how that is known", "what to do")
_ALLOWED: Final = ("what differs", "until", "reason")


def parity_markdown(report: ParityReport) -> str:
    """A heading, the environments, and tables that are as long as there is room; what is cut is counted."""
    blocks = [f"### {prose(_begun(answer(report)))}", prose(scope(report))]
    tables: tuple[tuple[str, Sequence[str], Sequence[str]], ...] = (
        ("", HEADINGS, [_joined(map(_cell, cells(state))) for state in report.states]),
        ("", _FINDINGS, list(map(_row, report.findings))),
        ("Allowed", _ALLOWED, [_joined(map(prose, words)) for words in allowed_words(report)]),
        ("Configuration that differs", _names(report), list(_settings(report))),
    )
    left, cut = MAX_BYTES - _RESERVED - _size("\n\n".join(blocks)), 0
    for heading, names, rows in tables:
        if not rows:
            continue
        title_lines = f"#### {heading}\n\n" if heading else ""
        head = f"{title_lines}{_joined(names)}\n|{'---|' * len(names)}"
        kept, left = _fitting(rows, left - _size(head))
        cut += len(rows) - len(kept)
        blocks += ["\n".join((head, *kept))] if kept else []
    if cut:
        blocks.append(f"**{how_many(cut, 'row')} left out here**; `--format json` tells them all.")
    return "\n\n".join(blocks) + "\n"


def _fitting(rows: Sequence[str], space: int) -> tuple[list[str], int]:
    """The rows that fit, in their order: a monstrous one does not push out those after it."""
    kept = []
    for row in rows:
        size = _size(row) + 1
        if size <= min(space, _LONG_ROW):
            kept.append(row)
            space -= size
    return kept, space


def _row(finding: Finding) -> str:
    evidence = [f"- {prose(line)}" for line in finding.evidence[:_MOST_EVIDENCE]]
    if len(finding.evidence) > _MOST_EVIDENCE:
        evidence.append(f"- and {len(finding.evidence) - _MOST_EVIDENCE} more")
    todo = "<br>".join(
        (
            *([prose(finding.remedy)] if finding.remedy else []),
            *([code(finding.command)] if finding.command else []),
        )
    )
    about = f"{code(title(finding))}<br>{prose(finding.rule)}"
    return _joined((f"**{finding.severity}**", about, "<br>".join((prose(finding.message), *evidence)), todo))


def _names(report: ParityReport) -> Sequence[str]:
    return ("variable", *(map(prose, report.settings[0].values) if report.settings else ()))


def _settings(report: ParityReport) -> Iterator[str]:
    for one in report.settings:
        yield _joined((code(one.name), *map(code, one.values.values())))


def _cell(words: str) -> str:
    return words if words == NOTHING else prose(words)


def _joined(texts: Iterable[str]) -> str:
    return f"| {' | '.join(texts)} |"


def _begun(sentence: str) -> str:
    return sentence[:1].upper() + sentence[1:]


def _size(text: str) -> int:
    return len(text.encode())
