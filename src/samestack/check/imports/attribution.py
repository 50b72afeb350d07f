"""Imports that failed, told as evidence of what a rule foresaw, or else as what no rule foresaw."""

import posixpath
import re
from collections.abc import Iterator, Sequence
from itertools import groupby

from msgspec import structs

from samestack.capture.addresses import without_credentials
from samestack.check.finding import Finding, Severity
from samestack.check.imports.gravity import gravity_of
from samestack.check.imports.run import Link, Outcome
from samestack.check.own_rules import IMPORT_FAILURE
from samestack.check.python_environment import PythonEnvironment
from samestack.model import Layer

_FORESEEN = (Severity.ERROR, Severity.WARNING)
_MOST_LINES = 5
_WORD = re.compile(r"[\w.+-]+")


def attributed(
    findings: Sequence[Finding], outcomes: Sequence[Outcome], environment: PythonEnvironment
) -> tuple[Finding, ...]:
    """The findings, each with the failures that it explains as evidence, and those that none explains.

    What was said to be possible and happened is an error from now on.
    """
    told = list(findings)
    unforeseen: list[Finding] = []
    failures = sorted((one for one in outcomes if one.outcome != "imported"), key=lambda one: one.package)
    for package, group in groupby(failures, key=lambda one: one.package):
        failed = tuple(group)
        severity = min((gravity_of(one, environment) for one in failed), key=lambda one: one.rank)
        place = _foreseen(told, failed, environment) if severity is Severity.ERROR else None
        if place is None:
            unforeseen.append(_unforeseen(package, failed, severity, environment.at))
        else:
            evidence = (*told[place].evidence, *_evidence(failed))
            told[place] = structs.replace(told[place], severity=Severity.ERROR, evidence=evidence)
    return (*told, *unforeseen)


def _foreseen(
    findings: Sequence[Finding], failed: Sequence[Outcome], environment: PythonEnvironment
) -> int | None:
    """The finding about the package itself; else about one that the traceback names, the deepest first."""
    grave = [(place, one) for place, one in enumerate(findings) if one.severity in _FORESEEN]
    here = [(place, one) for place, one in sorted(grave, key=_rank) if one.at == environment.at]
    for name in _names(failed, environment):
        for place, finding in here:
            if finding.subject == name:
                return place
    return None


def _rank(numbered: tuple[int, Finding]) -> int:
    return numbered[1].severity.rank


def _names(failed: Sequence[Outcome], environment: PythonEnvironment) -> Iterator[str]:
    """Its package, those whose files it passed through, and what its own words name."""
    owners = _owners(environment)
    for one in failed:
        yield one.package
        yield from (owners[top] for top in reversed(_tops(one.files)) if top in owners)
        for link in reversed(one.errors):
            yield owners.get(link.missing.partition(".")[0], "")
            yield from (owners.get(word, word) for word in _WORD.findall(link.line))


def _owners(environment: PythonEnvironment) -> dict[str, str]:
    """Packages by the modules that they bring."""
    stated = ((name, component.facts.get("modules", ())) for name, component in environment.each())
    return {module: name for name, modules in stated if isinstance(modules, tuple) for module in modules}


def _tops(files: Sequence[str]) -> list[str]:
    """The top-level modules that files of a site directory belong to."""
    relative = (re.split(r"(?:site|dist)-packages/", one)[-1] for one in files if "-packages/" in one)
    return [posixpath.normpath(one).split("/")[0].partition(".")[0] for one in relative]


def _unforeseen(package: str, failed: Sequence[Outcome], severity: Severity, at: str) -> Finding:
    first = next((one for one in failed if one.outcome != "late"), failed[0])
    return Finding(
        rule=IMPORT_FAILURE.id,
        severity=severity,
        layer=Layer.PACKAGES,
        subject=package,
        at=at,
        message=_happened(first) + (", and no other rule foresaw it" if severity is Severity.ERROR else ""),
        evidence=tuple(_evidence(failed)),
        remedy=_remedy(first, severity),
    )


def _happened(outcome: Outcome) -> str:
    module = outcome.module
    match outcome.outcome:
        case "late":
            return f"the import of {module} did not come to an end in the time that it had"
        case "died":
            return f"the import of {module} dies of {outcome.signal}"
        case "left":
            return f"the import of {module} ends the interpreter with status {outcome.status}"
    return f"{module} cannot be imported"


def _remedy(outcome: Outcome, severity: Severity) -> str:
    if outcome.outcome == "late":
        return "give it more time with --imports-timeout, and look what it waits for"
    if severity is Severity.NOTE:
        return "nothing, unless this module is used; then give it what the last line asks for"
    return f"run it alone to see the whole traceback: python -c 'import {outcome.module}'"


def _evidence(failed: Sequence[Outcome]) -> Iterator[str]:
    for one in failed[:_MOST_LINES]:
        yield without_credentials(f"import {one.module}: {_last_words(one)}")
    if len(failed) > _MOST_LINES:
        yield f"and {len(failed) - _MOST_LINES} modules more"


def _last_words(outcome: Outcome) -> str:
    if outcome.outcome == "failed" and outcome.errors:
        return _chain(outcome.errors)
    printed = [line for line in outcome.output.splitlines() if line.strip()]
    last = f"; the last that it printed: {_telling(printed)}" if printed else ""
    said = {"late": "not at its end", "died": f"died of {outcome.signal}", "left": f"status {outcome.status}"}
    return f"{said.get(outcome.outcome, outcome.outcome)}{last}"


def _chain(errors: Sequence[Link]) -> str:
    """The last line of the traceback, and where that is another one, of the exception that began it."""
    first, root = errors[0].line, errors[-1].line
    return first if first == root else f"{first} (it began with {root})"


def _telling(printed: Sequence[str]) -> str:
    """Of a crash Python prints where it happened: the innermost file; else the last line."""
    return next((line.strip() for line in printed if line.lstrip().startswith("File ")), printed[-1].strip())
