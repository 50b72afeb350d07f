"""Rule ``known-break``: combinations that no metadata forbids and that are known to break."""

from collections.abc import Iterator, Mapping

from packaging.specifiers import SpecifierSet
from packaging.version import Version

from samestack.check.finding import Finding, Severity
from samestack.check.python_environment import PythonEnvironment
from samestack.check.rule import Rule
from samestack.check.rules.known.companions import Presence
from samestack.check.subject import Subject
from samestack.knowledge.breaks import Break, break_names, breaks
from samestack.model import Component, Layer


def examine(subject: Subject) -> Iterator[Finding]:
    """Hold every row of every package that is there against its versions, companions and Python."""
    for environment in subject.pythons:
        names = sorted(break_names() & environment.packages.keys())
        yield from _of_packages(Presence(subject, environment), names) if names else ()


def _of_packages(presence: Presence, names: list[str]) -> Iterator[Finding]:
    hang_on_python: list[str] = []
    for name in names:
        package = presence.only(name)
        if package is None:
            continue
        for row in breaks(name):
            if not _applies(row, package, presence):
                continue
            python = presence.environment.python_version
            if row.python and python is None:
                hang_on_python.append(f"{package.label} with Python {row.python}")
            elif not row.python or is_among(row.python, python):
                yield _finding(row, name, package, presence)
    if hang_on_python:
        yield _undecided(presence.environment, hang_on_python)


def _applies(row: Break, package: Component, presence: Presence) -> bool:
    """Whether all conditions but the one on Python hold."""
    return (
        not (row.is_in_metadata and package.facts.get("requires"))
        and is_among(row.versions, presence.version_of(package))
        and all(is_among(versions, presence.version(name)) for name, versions in row.beside.items())
        and (not row.needs or any(_lacks(presence, name, row.needs[name]) for name in row.needs))
    )


def _lacks(presence: Presence, name: str, versions: str) -> bool:
    """Whether a package that is needed is certainly absent, or there in a version that does not do."""
    if presence.is_absent(name):
        return True
    version = presence.version(name)
    return version is not None and not is_among(versions, version)


def is_among(versions: str, version: Version | None) -> bool:
    """Whether a version is one of these; a pre-release counts as the release that it leads to."""
    return version is not None and SpecifierSet(versions).contains(version.base_version)


def _finding(row: Break, name: str, package: Component, presence: Presence) -> Finding:
    beside = [presence.label(one) for one in (*row.beside, *row.needs)]
    if row.python:
        beside.append(f"Python {presence.environment.python_version}")
    return Finding(
        rule=RULE.id,
        severity=Severity(row.severity),
        layer=Layer.PACKAGES,
        subject=name,
        at=presence.environment.at,
        message=f"{package.label} {_joined(beside)}: {row.text}",
        evidence=(*_conditions(row, name), f"it fails with: {row.error}"),
        remedy=remedy_of(row),
        command=command_of(row),
        sources=row.sources,
    )


def _joined(beside: list[str]) -> str:
    """``with jinja2 3.1.6``, ``without setuptools``: labels of what is absent say so themselves."""
    present = [one for one in beside if not one.startswith("without ")]
    absent = [one for one in beside if one.startswith("without ")]
    return " ".join([*([f"with {' and '.join(present)}"] if present else []), *absent])


def _conditions(row: Break, name: str) -> Iterator[str]:
    """What the row says, in the words of the table."""
    conditions = {name: row.versions, **row.beside}
    known = ", ".join(f"{one} {versions or '(any)'}" for one, versions in conditions.items())
    needed = _requirements(row.needs)
    python = f", Python {row.python}" if row.python else ""
    yield f"known to break: {known}{python}{f', unless there is {needed}' if needed else ''} (row {row.id})"


def _requirements(versions: Mapping[str, str]) -> str:
    return " and ".join(f"{name}{wanted}" for name, wanted in versions.items())


def remedy_of(row: Break) -> str:
    """What to do, as a sentence: each requirement that mends it alone, or the advice of the row."""
    alternatives = [" and ".join(one.split()) for one in row.remedies]
    said = [f"install {', or '.join(alternatives)}"] if alternatives else []
    return "; or ".join([*said, *([row.advice] if row.advice else [])])


def command_of(row: Break) -> str:
    """The command that installs the first remedy; empty where there is none."""
    if not row.remedies:
        return ""
    quoted = " ".join(f'"{one}"' for one in row.remedies[0].split())
    return f"pip install {quoted}"


def _undecided(environment: PythonEnvironment, packages: list[str]) -> Finding:
    return Finding(
        rule=RULE.id,
        severity=Severity.UNKNOWN,
        layer=Layer.PYTHON,
        subject="python",
        at=environment.at,
        message="whether these packages work hangs on a version of Python that is not known",
        evidence=tuple(f"known to break: {one}" for one in dict.fromkeys(packages)),
        remedy="check the environment itself, or name the Python that it is for",
    )


RULE = Rule(
    id="known-break",
    summary="A package is known to break beside another package or a Python that no metadata excludes.",
    layer=Layer.PACKAGES,
    severity=Severity.ERROR,
    examine=examine,
)
