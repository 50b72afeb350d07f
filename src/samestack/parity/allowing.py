"""Which differences are allowed, and which were until a day that is over."""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from fnmatch import fnmatchcase

from msgspec import structs

from samestack.check.finding import Finding, Severity
from samestack.model import Layer
from samestack.parity.breach import Breach
from samestack.parity.report import Allowed
from samestack.parity.rules import EXPIRED
from samestack.parity.settings import EVERYWHERE, Allowance


def allowed_and_not(
    breaches: Iterable[Breach], allowances: Sequence[Allowance], today: dt.date
) -> tuple[tuple[Breach, ...], tuple[Allowed, ...]]:
    """What remains, and what is allowed in every environment that it is about.

    What is allowed in some of them alone remains, with that among its evidence.
    """
    valid = [one for one in allowances if one.until >= today]
    kept: list[Breach] = []
    allowed: list[Allowed] = []
    for one in breaches:
        by_environment = _allowing(one, valid)
        if one.environments and len(by_environment) == len(one.environments):
            allowed.append(_allowed(one, by_environment))
        else:
            kept.append(_with_evidence(one, by_environment))
    return tuple(kept), tuple(allowed)


def expired(
    allowances: Iterable[Allowance], breaches: Sequence[Breach], today: dt.date, place: str
) -> Iterator[Finding]:
    """What allowed something until a day that is over: a warning where it still would, else a note."""
    for one in allowances:
        if one.until < today:
            yield _expired(one, place, is_needed=any(_is_about(one, found) for found in breaches))


def _is_about(allowance: Allowance, one: Breach) -> bool:
    return any(_allows(allowance, one, environment) for environment in one.environments)


def _allows(allowance: Allowance, one: Breach, environment: str) -> bool:
    is_there = allowance.environment in (EVERYWHERE, environment)
    return is_there and bool(one.difference) and fnmatchcase(one.difference, allowance.difference)


def _allowing(one: Breach, allowances: Sequence[Allowance]) -> Mapping[str, Allowance]:
    """By environment, the allowance that ends last."""
    found = {
        environment: max(
            (said for said in allowances if _allows(said, one, environment)),
            key=lambda said: said.until,
            default=None,
        )
        for environment in one.environments
    }
    return {environment: said for environment, said in found.items() if said is not None}


def _allowed(one: Breach, by_environment: Mapping[str, Allowance]) -> Allowed:
    said = tuple(by_environment.values())
    return Allowed(
        finding=one.finding,
        environments=one.environments,
        reason="; ".join(dict.fromkeys(allowance.reason for allowance in said)),
        until=min(allowance.until for allowance in said).isoformat(),
    )


def _with_evidence(one: Breach, by_environment: Mapping[str, Allowance]) -> Breach:
    lines = tuple(
        f"allowed in {environment} until {said.until}: {said.reason}"
        for environment, said in by_environment.items()
    )
    finding = structs.replace(one.finding, evidence=(*one.finding.evidence, *lines))
    return structs.replace(one, finding=finding) if lines else one


def _expired(allowance: Allowance, place: str, *, is_needed: bool) -> Finding:
    where = "everywhere" if allowance.environment == EVERYWHERE else f"in {allowance.environment}"
    return Finding(
        rule=EXPIRED,
        severity=Severity.WARNING if is_needed else Severity.NOTE,
        layer=Layer.CONFIGURATION,
        subject=allowance.difference,
        at="" if allowance.environment == EVERYWHERE else allowance.environment,
        message=f"{allowance.difference} was allowed {where} until {allowance.until}",
        evidence=(f"the reason given: {allowance.reason}",),
        remedy=(
            f"mend what it allowed and take it out of {place}, or give it a later day"
            if is_needed
            else f"nothing needs it any more: take it out of {place}"
        ),
        place=place,
    )
