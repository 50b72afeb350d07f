"""Rule ``wheel-tags``: packages that were built for another Python, architecture or system."""

from collections.abc import Iterator

from msgspec import Struct, structs

from samestack.check.commands import pip_install_anew
from samestack.check.finding import Finding, Severity
from samestack.check.python_environment import PythonEnvironment
from samestack.check.remarked import name_of
from samestack.check.rule import Rule
from samestack.check.rules.python.wheel_severity import Judgement, judged, module_names
from samestack.check.subject import Subject
from samestack.check.wheel_support import Part, Refused, refused
from samestack.check.wheel_target import target_of
from samestack.model import Component, Layer

_SOURCE = "https://packaging.python.org/en/latest/specifications/platform-compatibility-tags/"
_MALFORMED = "malformed-wheel"
_MOST_SHOWN = 20


class _Case(Struct, frozen=True):
    """A package of the environment that tells its wheel's tags."""

    name: str
    package: Component
    tags: tuple[str, ...]


def examine(subject: Subject) -> Iterator[Finding]:
    """Hold the tags of every wheel (fact ``tags``) against the interpreter and the system it is to run on.

    What conda or an operating system packaged anew was built for where it is, whatever its WHEEL still says.
    """
    for environment in subject.pythons:
        target = target_of(environment, subject)
        unknown: list[str] = []
        for case in _cases(subject, environment):
            found = refused(case.tags, target)
            if found is not None and found.is_certain:
                judgement = judged(case.package, found, target, is_deep=subject.is_deep)
                finding = _finding(case, environment, found, judgement)
                # A command that is run here changes nothing on the host that it is to run on.
                is_here = subject.system is subject.snapshot
                yield finding if is_here else structs.replace(finding, command="")
            elif found is not None:
                unknown.append(f"{case.package.label} was built for {found.refusals[0].built_for}")
        if unknown:
            yield _of_unknown(environment, unknown)


def _cases(subject: Subject, environment: PythonEnvironment) -> Iterator[_Case]:
    malformed = {name_of(remark) for remark in subject.remarks(_MALFORMED)}
    for name, package in environment.each():
        tags = package.facts.get("tags", ())
        is_judged = name not in malformed and not environment.is_repackaged(package)
        if is_judged and isinstance(tags, tuple) and tags:
            yield _Case(name, package, tags)


def _finding(case: _Case, environment: PythonEnvironment, found: Refused, judgement: Judgement) -> Finding:
    certain = [one for one in found.refusals if one.is_certain]
    reasons = ", and ".join(f"it was built for {one.built_for}, and {one.instead}" for one in certain)
    modules = module_names(case.package)
    return Finding(
        rule=RULE.id,
        severity=judgement.severity,
        layer=Layer.PACKAGES,
        subject=case.name,
        at=environment.at,
        message=f"{case.package.label}: {reasons}{judgement.because}",
        evidence=(
            f"of the {len(case.tags)} tags of its wheel, {found.tag} comes nearest",
            f"what refuses it: {', '.join(one.part for one in certain)}",
            *((f"its modules are named for {', '.join(modules)}",) if modules else ()),
        ),
        remedy=_remedy(case.name, found),
        command=pip_install_anew(f"{case.name}=={case.package.version}"),
        sources=(_SOURCE,),
    )


def _remedy(name: str, found: Refused) -> str:
    wanted = [one.built_for for one in found.refusals if one.part is Part.C_LIBRARY]
    if len(wanted) == len(found.refusals):
        return f"use a system with {wanted[0]}, or a version of {name} whose wheel asks for less"
    return f"install {name} anew with the Python that is to use it, on the system that it is to run on"


def _of_unknown(environment: PythonEnvironment, packages: list[str]) -> Finding:
    return Finding(
        rule=RULE.id,
        severity=Severity.UNKNOWN,
        layer=Layer.PACKAGES,
        subject="packages",
        at=environment.at,
        message=f"whether the system suits {len(packages)} packages is not known: its C library is not",
        evidence=tuple(packages[:_MOST_SHOWN]),
        remedy="name the host with --host, or examine the environment where it is to run",
    )


RULE = Rule(
    id="wheel-tags",
    summary="A package's wheel was built for another Python, architecture or system.",
    layer=Layer.PACKAGES,
    severity=Severity.ERROR,
    examine=examine,
)
