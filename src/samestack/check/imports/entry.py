"""The way in: a report becomes one that knows which imports fail."""

from typing import Final

from msgspec import structs

from samestack.capture.entry import environment_kind
from samestack.check.imports.attribution import attributed
from samestack.check.imports.plan import packages_to_import
from samestack.check.imports.run import import_all
from samestack.check.own_rules import IMPORT_FAILURE
from samestack.check.report import Report, gravest_first
from samestack.check.subject import Subject
from samestack.errors import RequestError
from samestack.model import Component, Kind, Reference
from samestack.progress import Reporter

_LIVING: Final = (Kind.VENV, Kind.PYTHON, Kind.CONDA)


def refuse_what_cannot_run(reference: Reference) -> None:
    """:class:`RequestError` unless a reference names an environment whose interpreter is on this machine."""
    kind = environment_kind(reference.locator) if reference.kind is Kind.PATH else reference.kind
    if kind not in _LIVING:
        raise RequestError(
            f"'{reference}': nothing of it can be imported here",
            hint="--imports takes environments on this machine: venv:PATH, python:PATH or conda:PATH",
        )


def with_imports(report: Report, subject: Subject, *, seconds: float, reporter: Reporter) -> Report:
    """Import what the environment brings, and tell each failure where it belongs."""
    environment = next(iter(subject.pythons), None)
    interpreter = None if environment is None else environment.interpreter
    if environment is None or interpreter is None:
        raise RequestError(f"'{report.origin.reference}': it has no Python that could import anything")
    tried = import_all(
        packages_to_import(environment),
        _circumstance(interpreter, "executable"),
        _circumstance(interpreter, "prefix"),
        seconds=seconds,
        reporter=reporter,
    )
    return structs.replace(
        report,
        findings=gravest_first(attributed(report.findings, tried.outcomes, environment)),
        rules=(*report.rules, IMPORT_FAILURE.id),
        imports=tried.done,
    )


def _circumstance(interpreter: Component, name: str) -> str:
    value = interpreter.circumstances.get(name, "")
    if not isinstance(value, str) or not value:
        raise RequestError(
            f"its interpreter is not known: there is no {name}", hint="name it outright: python:PATH"
        )
    return value
