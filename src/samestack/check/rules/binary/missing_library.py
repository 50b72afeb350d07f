"""Rule ``missing-library``: shared libraries that compiled files need and that are not to be found."""

from collections.abc import Iterator, Sequence

from msgspec import Struct

from samestack.check.finding import Finding, Severity
from samestack.check.listed_texts import texts
from samestack.check.python_environment import PythonEnvironment
from samestack.check.rule import Rule
from samestack.check.rules.binary.library_remedy import remedy_of
from samestack.check.rules.binary.loadable import (
    c_library,
    is_found,
    is_of_glibc,
    is_of_musl,
    loadable,
)
from samestack.check.subject import Subject
from samestack.knowledge.optional_libraries import optional_library
from samestack.model import Component, Layer, Standing

_MAX_EVIDENCE = 12
_OF_OTHERS = ("libcuda.so", "libnvidia-", "libnvcuvid.so", "libnvoptix.so", "libcudadebugger.so", "libpython")
"""Libraries of the GPU's driver, about which other rules ask, and of the interpreter, which is there."""
_MESSAGES = {
    Severity.ERROR: "its modules cannot be imported without {}, not found here",
    Severity.WARNING: "some of its modules cannot be imported without {}, not found here",
    Severity.NOTE: "what it loads on occasion only needs {}, not found here",
    Severity.UNKNOWN: "it may find {} in directories of its own that were not read; it is nowhere else",
}


class _Missing(Struct, frozen=True):
    """A package with the libraries that it lacks, and how grave that is."""

    name: str
    package: Component
    severity: Severity
    sonames: tuple[str, ...]


def examine(subject: Subject) -> Iterator[Finding]:
    """What packages need (facts ``needs``), less what they provide and what the system's loader finds."""
    needing = [
        one for one in subject.pythons if any(texts(package.facts, "needs") for _, package in one.each())
    ]
    if not subject.is_deep and subject.snapshot.origin.standing is Standing.OBSERVED and subject.pythons:
        yield _undecided("the snapshot was made without reading binaries", "capture it again with --deep")
    system = c_library(subject)
    for environment in needing:
        libraries = loadable(subject, environment)
        if libraries is None:
            yield _undecided(
                "it is not known which libraries the system has that this is to run on",
                "make a deep snapshot there and name it: --host SNAPSHOT",
            )
            return
        for name, package in environment.each():
            for missing in _of_package(system, name, package, libraries):
                yield _finding(subject, environment, missing)


def _of_package(
    system: Component | None, name: str, package: Component, libraries: frozenset[str]
) -> Iterator[_Missing]:
    """One finding for all libraries whose lack is equally grave."""
    lacking = [
        soname
        for soname in texts(package.facts, "needs")
        if not is_found(soname, libraries) and _is_asked_about(soname)
    ]
    if not lacking or _is_for_other_c_library(system, package):
        return
    graded = [(_severity(name, package, soname, libraries), soname) for soname in lacking]
    for severity in Severity:
        sonames = tuple(soname for grade, soname in graded if grade is severity)
        if sonames:
            yield _Missing(name, package, severity, sonames)


def _is_for_other_c_library(system: Component | None, package: Component) -> bool:
    """Then nothing of it can be loaded, which the rule ``glibc`` says."""
    needs = texts(package.facts, "needs")
    is_musl = system is not None and system.name == "musl"
    return "libc.so.6" in needs if is_musl else any(map(is_of_musl, needs))


def _is_asked_about(soname: str) -> bool:
    """A name that does not begin with ``lib`` is a module of another package, which that loads first."""
    is_own = is_of_glibc(soname) or is_of_musl(soname)
    return soname.startswith("lib") and not is_own and not soname.startswith(_OF_OTHERS)


def _severity(name: str, package: Component, soname: str, libraries: frozenset[str]) -> Severity:
    if soname in texts(package.facts, "needs_of_plugins") or _does_without(name, package, soname, libraries):
        return Severity.NOTE
    if texts(package.facts, "search_path") and not _is_from_elsewhere(package):
        return Severity.UNKNOWN
    return Severity.WARNING if soname in texts(package.facts, "needs_sometimes") else Severity.ERROR


def _does_without(name: str, package: Component, soname: str, libraries: frozenset[str]) -> bool:
    row = optional_library(name, soname)
    if row is None or not row.one_suffices:
        return row is not None
    alternatives = (one for one in texts(package.facts, "needs") if row.means(name, one))
    return any(is_found(one, libraries) for one in alternatives)


def _is_from_elsewhere(package: Component) -> bool:
    """Whether it is a wheel for any machine: the directories that it names are then of where it was built."""
    return any("manylinux" in tag or "musllinux" in tag for tag in texts(package.facts, "tags"))


def _finding(subject: Subject, environment: PythonEnvironment, missing: _Missing) -> Finding:
    remedy = remedy_of(subject, missing.name, missing.sonames)
    return Finding(
        rule=RULE.id,
        severity=missing.severity,
        layer=Layer.SYSTEM,
        subject=missing.name,
        at=environment.at,
        message=f"{missing.package.label}: {_MESSAGES[missing.severity].format(_listed(missing.sonames))}",
        evidence=tuple(_evidence(subject, missing)),
        remedy=remedy.text,
        command=remedy.command,
        sources=remedy.sources,
    )


def _evidence(subject: Subject, missing: _Missing) -> Iterator[str]:
    needed_by = dict(row.partition(": ")[::2] for row in texts(missing.package.facts, "needed_by"))
    for soname in missing.sonames[:_MAX_EVIDENCE]:
        place = needed_by.get(soname)
        yield f"{soname} is needed by {place}" if place else f"{soname} is needed"
        row = optional_library(missing.name, soname) if missing.severity is Severity.NOTE else None
        if row is not None:
            yield row.text
    if len(missing.sonames) > _MAX_EVIDENCE:
        yield f"and {len(missing.sonames) - _MAX_EVIDENCE} more"
    for path in texts(missing.package.facts, "search_path") if missing.severity is Severity.UNKNOWN else ():
        yield f"it also looks in {path}"
    system = c_library(subject)
    count = 0 if system is None else len(texts(system.circumstances, "libraries"))
    yield f"no package brings it, and it is not among the {count} libraries that the system's loader finds"


def _listed(sonames: Sequence[str]) -> str:
    if len(sonames) > 4:
        return f"{', '.join(sonames[:3])} and {len(sonames) - 3} more"
    return " and ".join(filter(None, (", ".join(sonames[:-1]), sonames[-1])))


def _undecided(message: str, remedy: str) -> Finding:
    return Finding(
        rule=RULE.id,
        severity=Severity.UNKNOWN,
        layer=Layer.SYSTEM,
        subject="shared libraries",
        message=f"whether all shared libraries are there was not decided: {message}",
        evidence=(message,),
        remedy=remedy,
    )


RULE = Rule(
    id="missing-library",
    summary="A package's compiled files need shared libraries that neither the packages nor the system have.",
    layer=Layer.SYSTEM,
    severity=Severity.ERROR,
    examine=examine,
)
