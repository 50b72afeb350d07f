"""Every profile valid under one schema, and every variable there in all of them."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from samestack.check.finding import Finding, Severity
from samestack.config.resolution import Resolution
from samestack.model import Layer
from samestack.parity.breach import Breach, breach
from samestack.parity.divergence_words import listed
from samestack.parity.rules import CONFIGURATION_DIFFERS, PROFILE_INVALID, UNREACHABLE

_OF_SOURCES: Final = "source-unreachable"
_MISSING: Final = "config-missing"


def configuration_breaches(resolutions: Mapping[str, Resolution]) -> Iterator[Breach]:
    """What is wrong with the profiles of environments, by the environment's name."""
    for name, one in resolutions.items():
        yield from _of_profile(name, one)
    told = {name: one for name, one in resolutions.items() if not one.is_store_down}
    yield from _missing(told)


def _of_profile(environment: str, resolution: Resolution) -> Iterator[Breach]:
    """Where a store is down, what is missing says nothing: it may be there."""
    errors = [one for one in resolution.findings if one.severity is Severity.ERROR]
    down = [one for one in errors if one.rule == _OF_SOURCES] if resolution.is_store_down else []
    if down:
        errors = [one for one in errors if one.rule not in (_OF_SOURCES, _MISSING)]
        yield breach(_unreachable(environment, resolution, down), (environment,))
    if errors:
        yield breach(_invalid(environment, resolution, errors), (environment,))


def _invalid(environment: str, resolution: Resolution, errors: Sequence[Finding]) -> Finding:
    names = list(dict.fromkeys(one.subject for one in errors))
    return Finding(
        rule=PROFILE_INVALID,
        severity=Severity.ERROR,
        layer=Layer.CONFIGURATION,
        subject=resolution.profile,
        message=f"profile {resolution.profile} of {environment} is not valid: {listed(names)}",
        evidence=tuple(f"{one.subject}: {one.message} ({one.rule})" for one in errors),
        remedy="correct each of them",
        command=f"samestack config check --profile {resolution.profile}",
    )


def _unreachable(environment: str, resolution: Resolution, down: Sequence[Finding]) -> Finding:
    names = listed([one.subject for one in down])
    return Finding(
        rule=UNREACHABLE,
        severity=Severity.UNKNOWN,
        layer=Layer.CONFIGURATION,
        subject=environment,
        message=f"the configuration of {environment} is not known: {names} could not be asked",
        evidence=tuple(f"{one.subject}: {one.message}" for one in down),
        remedy="see that it can be reached from here",
        command=f"samestack config sources --profile {resolution.profile}",
    )


def _missing(resolutions: Mapping[str, Resolution]) -> Iterator[Breach]:
    names = {name: {value.name for value in one.values} for name, one in resolutions.items()}
    for variable in sorted(set().union(*names.values())):
        has = [name for name, own in names.items() if variable in own]
        lacks = [name for name in names if name not in has and not _may_lack(resolutions[name], variable)]
        if lacks:
            yield breach(_absent(variable, has, lacks), lacks, f"configuration/{variable}")


def _may_lack(resolution: Resolution, variable: str) -> bool:
    """Whether the schema itself says that other profiles than this one require it."""
    field = resolution.schema.field(variable)
    if field is None or not field.required_in:
        return False
    return not field.is_required_in(resolution.profile)


def _absent(variable: str, has: Sequence[str], lacks: Sequence[str]) -> Finding:
    return Finding(
        rule=CONFIGURATION_DIFFERS,
        severity=Severity.ERROR,
        layer=Layer.CONFIGURATION,
        subject=variable,
        message=f"{variable} is set in {listed(has)} and missing in {listed(lacks)}",
        remedy=f"set it in {listed(lacks)}, or take it out of {listed(has)}",
    )
