"""Reasons, made from the tables: a row that was crossed, a known kind of change, or the form of the step."""

from collections.abc import Iterator, Mapping
from typing import Final

from samestack.compare.difference import Reason
from samestack.compare.risk.version_steps import StepKind, VersionStep, version_step
from samestack.knowledge.causes import causes
from samestack.knowledge.steps import Otherwise, Step, Table
from samestack.model.risk import Risk

_SENTENCES: Final[Mapping[StepKind, str]] = {
    StepKind.REBUILD: "A rebuild of one version",
    StepKind.BUG_FIX: "A bug-fix step",
    StepKind.MINOR: "A minor step",
    StepKind.INITIAL: "A step before version 1.0, where every step may break",
    StepKind.MAJOR: "A major step, which may break",
    StepKind.CALENDAR: "A step between versions that are dates",
    StepKind.PRE_RELEASE: "A step from or to a pre-release",
    StepKind.UNREADABLE: "A step between versions whose order is unknown",
}


def unknown(text: str) -> Reason:
    """Nothing is known; the sentence says so."""
    return Reason(risk=Risk.UNKNOWN, text=text)


def known_cause(name: str, detail: str = "") -> Reason:
    """The reason of a known kind of change, after a detail of this one."""
    cause = causes().causes[name]
    text = f"{detail} {cause.text}".lstrip()
    return Reason(risk=cause.risk, text=text, sources=cause.sources, dated=causes().dated.isoformat())


def otherwise_reason(otherwise: Otherwise, table: Table) -> Reason:
    """What every change of a component can do, by its table."""
    return Reason(
        risk=otherwise.risk, text=otherwise.text, sources=otherwise.sources, dated=table.dated.isoformat()
    )


def version_reasons(name: str, before: str, after: str, table: Table | None) -> Iterator[Reason]:
    """Why the step between two different versions of ``name`` bears a risk."""
    step = version_step(before, after)
    crossed = [row for row in (table.steps if table else ()) if row.is_crossed(before, after)]
    for row in crossed:
        yield _of_row(row, after, step, table)
    if table is not None and table.otherwise is not None:
        yield otherwise_reason(table.otherwise, table)
    elif not crossed:
        yield _of_form(name, step, table)


def _of_row(row: Step, after: str, step: VersionStep, table: Table | None) -> Reason:
    is_harmless = row.only_going_back and not step.is_downgrade
    companion = row.together_with
    condition = "" if companion is None else f" Only with {companion.name} {companion.boundary} or later."
    return Reason(
        risk=Risk.NONE if is_harmless else row.risk,
        text=f"{_direction(row, after, step)} {row.text}{condition}",
        sources=row.sources,
        dated="" if table is None else table.dated.isoformat(),
    )


def _direction(row: Step, after: str, step: VersionStep) -> str:
    """Whether the step brings what the row tells, or undoes it, and where."""
    if row.only_going_back:
        return f"Going back before {row.boundary}:" if step.is_downgrade else f"Since {row.boundary}:"
    if row.holds(after):
        return (
            f"Going back before {row.until} brings this:" if step.is_downgrade else f"Since {row.boundary}:"
        )
    return (
        f"Going back before {row.boundary} undoes this:" if step.is_downgrade else f"{row.until} undoes this:"
    )


def _of_form(name: str, step: VersionStep, table: Table | None) -> Reason:
    sentence = _SENTENCES[step.kind] + (", downwards" if step.is_downgrade else "")
    if table is None:
        return unknown(f"{sentence}; no table tells of {name}.")
    said = f"{sentence}; the table of {name} tells of no change between the two."
    return Reason(risk=Risk.UNKNOWN, text=said, dated=table.dated.isoformat())
