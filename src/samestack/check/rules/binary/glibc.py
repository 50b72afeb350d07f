"""Rule ``glibc``: compiled files that need a newer, or another, C or C++ library than the system has."""

import re
from collections.abc import Iterator

from msgspec import Struct

from samestack.check.finding import Finding, Severity
from samestack.check.listed_texts import texts
from samestack.check.python_environment import PythonEnvironment
from samestack.check.rule import Rule
from samestack.check.rules.binary.loadable import brings_its_own, c_library, is_of_musl
from samestack.check.subject import Subject
from samestack.model import Component, Layer

_GLIBC_SOURCE = "https://peps.python.org/pep-0600/"
_CPP_SOURCE = "https://gcc.gnu.org/onlinedocs/libstdc++/manual/abi.html"
_MUSL_SOURCE = "https://peps.python.org/pep-0656/"
_NUMBERS = re.compile(r"\d{1,4}(?:\.\d{1,4})*", re.ASCII)


class _Problem(Struct, frozen=True):
    message: str
    evidence: tuple[str, ...]
    remedy: str
    source: str


def examine(subject: Subject) -> Iterator[Finding]:
    """Hold the symbol versions that packages need (facts ``glibc``, ``glibcxx``) against the system."""
    system = c_library(subject)
    for environment in subject.pythons:
        for name, package in environment.each():
            if system is None and package.facts.get("glibc"):
                yield _undecided(environment)
                return
            if system is not None:
                for problem in _problems(environment, package, system):
                    yield _finding(environment, name, package, problem)


def _problems(environment: PythonEnvironment, package: Component, system: Component) -> Iterator[_Problem]:
    needs = texts(package.facts, "needs")
    if system.name == "glibc" and any(map(is_of_musl, needs)):
        yield _other_library("musl", "glibc", system, "a wheel tagged manylinux")
    elif system.name == "musl" and _is_for_glibc(package, system):
        yield _other_library("glibc", "musl", system, "a wheel tagged musllinux")
    elif system.name == "glibc":
        yield from _too_old(environment, package, system)


def _is_for_glibc(package: Component, system: Component) -> bool:
    """Unless the system has glibc's name as well, as by gcompat."""
    needs = texts(package.facts, "needs")
    return "libc.so.6" in needs and "libc.so.6" not in texts(system.circumstances, "libraries")


def _too_old(environment: PythonEnvironment, package: Component, system: Component) -> Iterator[_Problem]:
    needed, there = package.facts.get("glibc"), system.version
    if _is_newer(needed, there):
        yield _Problem(
            f"it needs glibc {needed} and the system has {there}: its compiled files cannot be loaded",
            (f"highest symbol version that it needs: GLIBC_{needed}", f"the system: glibc {there}"),
            f"run it on a system with glibc {needed} or later, or install a version of it that was built for "
            "an older one",
            _GLIBC_SOURCE,
        )
    needed, offered = package.facts.get("glibcxx"), system.circumstances.get("glibcxx")
    if _is_newer(needed, offered) and not brings_its_own(environment, "libstdc++.so.6"):
        yield _Problem(
            f"it needs a C++ library with GLIBCXX_{needed} and the system's ends at {offered}: its compiled "
            "files cannot be loaded",
            (
                f"highest symbol version that it needs: GLIBCXX_{needed}",
                f"the system's libstdc++.so.6: GLIBCXX_{offered}",
            ),
            "run it on a system with a newer libstdc++, or in a conda environment with the package libstdcxx",
            _CPP_SOURCE,
        )


def _other_library(built_for: str, there: str, system: Component, wanted: str) -> _Problem:
    return _Problem(
        f"it was compiled for {built_for} and the system has {there}: its compiled files cannot be loaded",
        (f"its files need {built_for}'s C library", f"the system: {system.label}"),
        f"install {wanted}, or build it on this system",
        _MUSL_SOURCE,
    )


def _is_newer(needed: object, there: object) -> bool:
    if not (isinstance(needed, str) and isinstance(there, str)):
        return False
    if not (_NUMBERS.fullmatch(needed) and _NUMBERS.fullmatch(there)):
        return False
    return tuple(map(int, needed.split("."))) > tuple(map(int, there.split(".")))


def _finding(environment: PythonEnvironment, name: str, package: Component, problem: _Problem) -> Finding:
    return Finding(
        rule=RULE.id,
        severity=Severity.ERROR,
        layer=Layer.OS,
        subject=name,
        at=environment.at,
        message=f"{package.label}: {problem.message}",
        evidence=problem.evidence,
        remedy=problem.remedy,
        sources=(problem.source,),
    )


def _undecided(environment: PythonEnvironment) -> Finding:
    return Finding(
        rule=RULE.id,
        severity=Severity.UNKNOWN,
        layer=Layer.OS,
        subject="glibc",
        at=environment.at,
        message="whether the C library is new enough was not decided: it is not known which one there is",
        evidence=("neither glibc nor musl was found in the system that this is to run on",),
        remedy="make a snapshot of the machine that it is to run on, and name it: --host SNAPSHOT",
    )


RULE = Rule(
    id="glibc",
    summary="A package's compiled files need another C or C++ library than the system has, or a newer one.",
    layer=Layer.OS,
    severity=Severity.ERROR,
    examine=examine,
)
