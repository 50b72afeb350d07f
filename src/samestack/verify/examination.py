"""An environment that was built is examined as ``check --imports`` does it, and tells more of what failed."""

import time
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from msgspec import Struct, structs

from samestack.capture.entry import capture
from samestack.capture.options import Options
from samestack.check.applying_requirements import applying_requirements
from samestack.check.catalogue import rules
from samestack.check.finding import Finding, Severity
from samestack.check.imports.attribution import attributed
from samestack.check.imports.plan import packages_to_import
from samestack.check.imports.run import Outcome, import_all
from samestack.check.own_rules import OWN_RULES
from samestack.check.python_environment import PythonEnvironment
from samestack.check.report import examined
from samestack.check.settings import read_settings
from samestack.check.subject import Subject
from samestack.check.suppressions import suppressed
from samestack.errors import OutsideError
from samestack.model import Kind, Reference
from samestack.progress import Reporter

_SECONDS: Final = 120.0
"""That one import may take: a fresh environment has no bytecode yet."""


class Examined(Struct, frozen=True, kw_only=True):
    """What is wrong with an environment."""

    errors: tuple[Finding, ...]
    """The findings that are errors and not suppressed, without the place that it was built in."""
    outcomes: tuple[Outcome, ...]
    """What came of every import."""
    environment: PythonEnvironment
    """Its Python and packages."""

    def requirements(self) -> dict[str, tuple[str, ...]]:
        """By package, the names of those that it requires there."""
        found: dict[str, dict[str, None]] = {}
        for one in applying_requirements(self.environment).required:
            found.setdefault(one.asker, {})[one.name] = None
        return {name: tuple(names) for name, names in found.items()}


def examine(kind: Kind, place: Path, project: Path, reporter: Reporter) -> Examined:
    """Ask every rule of the environment at a place, and import all of it.

    What the ``project`` suppresses is left alone. :class:`OutsideError` where its interpreter does not run.
    """
    snapshot = capture(Reference(kind, str(place)), Options(deep=True, reporter=reporter))
    subject = Subject(snapshot)
    report = examined(subject, rules())
    environment = subject.pythons[0]
    executable, prefix = _said(environment, "executable"), _said(environment, "prefix")
    packages = packages_to_import(environment)
    outcomes = import_all(packages, executable, prefix, seconds=_SECONDS, reporter=reporter).outcomes
    report = structs.replace(report, findings=attributed(report.findings, outcomes, environment))
    settings = read_settings(str(project), {rule.id for rule in (*rules(), *OWN_RULES)})
    (report,) = suppressed((report,), settings.suppressions, settings.file, time.strftime("%Y-%m-%d"))
    return Examined(
        errors=tuple(_placeless(report.findings, str(place))), outcomes=outcomes, environment=environment
    )


def _said(environment: PythonEnvironment, name: str) -> str:
    known = {} if environment.interpreter is None else environment.interpreter.circumstances
    value = known.get(name, "")
    if not isinstance(value, str) or not value:
        raise OutsideError(f"{environment.at}: an interpreter was installed that does not say its {name}")
    return value


def _placeless(findings: tuple[Finding, ...], place: str) -> Iterator[Finding]:
    """The errors, whose evidence would otherwise name files that are gone by the time it is read."""
    for one in findings:
        if one.severity is Severity.ERROR:
            yield structs.replace(
                one,
                at="",
                message=_without(one.message, place),
                evidence=tuple(_without(line, place) for line in one.evidence),
                place=_without(one.place, place),
            )


def _without(text: str, place: str) -> str:
    return text.replace(f"{place}/", "").replace(place, ".")
