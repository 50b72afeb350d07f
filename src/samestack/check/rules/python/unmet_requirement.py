"""Rule ``unmet-requirement``: packages that require what is missing, or another version of what is there."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from packaging.specifiers import InvalidSpecifier

from samestack.check.applying_requirements import Required, applying_requirements
from samestack.check.commands import pip_install
from samestack.check.finding import Finding, Severity
from samestack.check.python_environment import PythonEnvironment
from samestack.check.rule import Rule
from samestack.check.rules.python.requirement_verdicts import Unknown, Verdict, verdict_on
from samestack.check.subject import Subject
from samestack.check.unread import not_deep
from samestack.check.version_ranges import combined
from samestack.model import Component, Layer

_SOURCE = "https://packaging.python.org/en/latest/specifications/core-metadata/#requires-dist-multiple-use"
_MOST_SHOWN = 20


def examine(subject: Subject) -> Iterator[Finding]:
    """Hold what applies of each ``Requires-Dist`` (fact ``requires``) against what is installed."""
    yield from not_deep(RULE.id, subject, "what the packages require")
    for environment in subject.pythons:
        yield from _of_environment(environment)


def _of_environment(environment: PythonEnvironment) -> Iterator[Finding]:
    requirements = applying_requirements(environment)
    # Which of two metadata directories is in force is not known: that is another rule's finding.
    doubled = _doubled(environment.packages)
    askers: dict[str, list[Required]] = defaultdict(list)
    for one in requirements.required:
        if one.asker not in doubled:
            askers[one.name].append(one)
    unknown: dict[str, list[str]] = defaultdict(list)
    unknown[_UNDECIDED] += requirements.undecided
    unknown[_UNREADABLE] += requirements.unreadable
    for required in (one for several in askers.values() for one in several):
        verdict = verdict_on(environment, required)
        if isinstance(verdict, Verdict):
            yield _finding(environment, required, verdict, askers[required.name])
        elif isinstance(verdict, Unknown):
            reason = _WITHOUT_VERSION if verdict.is_readable else _UNREADABLE
            unknown[reason].append(f"{required.component.label} requires {required.label}")
    yield from (_of_unknown(environment, why, texts) for why, texts in unknown.items() if texts)


_UNDECIDED = "the Python is not known exactly, and they depend on it"
_UNREADABLE = "they are not written as the specification demands"
_WITHOUT_VERSION = "the versions that are installed are no versions of PEP 440"


def _doubled(packages: Mapping[str, Sequence[Component]]) -> frozenset[str]:
    """The packages of which several metadata directories state requirements."""
    return frozenset(
        name
        for name, several in packages.items()
        if len(several) > 1 and sum("requires" in one.facts for one in several) > 1
    )


def _finding(
    environment: PythonEnvironment, required: Required, verdict: Verdict, askers: Sequence[Required]
) -> Finding:
    of_extra = f" for its extra '{required.extra}'" if required.extra else ""
    remedy, command = (verdict.remedy, "") if verdict.remedy else _remedy(required, askers)
    return Finding(
        rule=RULE.id,
        severity=verdict.severity,
        layer=Layer.PACKAGES,
        subject=required.asker,
        at=environment.at,
        message=f"{required.component.label} requires {required.label}{of_extra}, {verdict.problem}",
        evidence=(*_evidence(environment, required), *verdict.facts),
        remedy=remedy,
        command=command,
        sources=tuple(filter(None, (_SOURCE, verdict.source))),
    )


def _evidence(environment: PythonEnvironment, required: Required) -> Iterator[str]:
    yield f"Requires-Dist of {required.component.label}: {required.label}"
    if required.extra:
        yield f"its extra '{required.extra}' is asked for: {required.extra_asker}"
    if environment.is_repackaged(required.component):
        yield f"{required.component.label} was packaged anew: who did that decides what it needs"


def _remedy(required: Required, askers: Sequence[Required]) -> tuple[str, str]:
    """What to install so that all who ask for it are content; or who cannot be content together."""
    together = _together(askers)
    if together is not None:
        extras = ",".join(sorted({extra for one in askers for extra in one.extras}))
        wanted = f"{required.name}[{extras}]{together}" if extras else f"{required.name}{together}"
        return f"install {wanted}", pip_install(wanted)
    opponent = next((one for one in askers if _together((one, required)) is None), None)
    if opponent is None:
        return f"choose other versions of the packages that require {required.name}: none suits them all", ""
    asked = f"{opponent.component.label} requires {opponent.label}"
    packages = " or ".join(dict.fromkeys((required.asker, opponent.asker)))
    return f"choose another version of {packages}: {asked}, and no {required.name} suits both", ""


def _together(askers: Sequence[Required]) -> str | None:
    """One specifier for all, without those that cannot be read; ``None`` where none can meet it."""
    readable = []
    for one in askers:
        try:
            combined((one.specifier,))
        except InvalidSpecifier:
            continue
        readable.append(one.specifier)
    return combined(readable)


def _of_unknown(environment: PythonEnvironment, reason: str, texts: Sequence[str]) -> Finding:
    return Finding(
        rule=RULE.id,
        severity=Severity.UNKNOWN,
        layer=Layer.PACKAGES,
        subject="packages",
        at=environment.at,
        message=f"whether {len(texts)} requirements are met is not known: {reason}",
        evidence=tuple(texts[:_MOST_SHOWN]),
        remedy="see whether what they ask for is there",
    )


RULE = Rule(
    id="unmet-requirement",
    summary="A package requires another one that is not installed, or another version of it.",
    layer=Layer.PACKAGES,
    severity=Severity.ERROR,
    examine=examine,
)
