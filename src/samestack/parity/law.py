"""The law, on values alone: one stack, hosts that satisfy it, nothing different but configuration."""

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence

from msgspec import Struct

from samestack.check.finding import Finding, Severity
from samestack.check.report import gravest_first
from samestack.check.rule import Rule
from samestack.model import Layer
from samestack.parity.allowing import allowed_and_not, expired
from samestack.parity.answer_law import answer_breaches
from samestack.parity.breach import Breach, breach
from samestack.parity.configuration_law import configuration_breaches
from samestack.parity.evidence import Evidence
from samestack.parity.folding import folded
from samestack.parity.health_law import health_breaches
from samestack.parity.host_law import host_breaches
from samestack.parity.image_law import image_breaches
from samestack.parity.report import Allowed
from samestack.parity.rules import UNREACHABLE
from samestack.parity.settings import Allowance
from samestack.parity.stack_law import stack_breaches


class Judgement(Struct, frozen=True, kw_only=True):
    """What the law has to say."""

    breaches: tuple[Breach, ...] = ()
    """What is not allowed, the gravest first."""
    allowed: tuple[Allowed, ...] = ()

    @property
    def findings(self) -> tuple[Finding, ...]:
        """The breaches as they are told."""
        return tuple(one.finding for one in self.breaches)

    def about(self, environment: str) -> tuple[Finding, ...]:
        """The findings about an environment, the gravest first."""
        return tuple(one.finding for one in self.breaches if environment in one.environments)


def judged(
    evidence: Evidence,
    allowances: Sequence[Allowance],
    today: dt.date,
    *,
    rules: Iterable[Rule] = (),
    place: str = "pyproject.toml",
) -> Judgement:
    """Hold all that was read against the law.

    ``rules`` are those of a check that are asked of hosts, ``place`` is where the allowances stand.
    """
    found = tuple(_breaches(evidence, rules))
    kept, allowed = allowed_and_not(found, allowances, today)
    over = (breach(one, (one.at,) if one.at else ()) for one in expired(allowances, found, today, place))
    return Judgement(breaches=_in_order((*folded(kept), *over)), allowed=allowed)


def _breaches(evidence: Evidence, rules: Iterable[Rule]) -> Iterator[Breach]:
    yield from _silences(evidence)
    yield from stack_breaches(evidence)
    yield from image_breaches(evidence)
    yield from host_breaches(evidence, rules)
    yield from configuration_breaches(evidence.resolutions)
    yield from health_breaches(evidence)
    yield from answer_breaches(evidence.replays)


def _silences(evidence: Evidence) -> Iterator[Breach]:
    for environment, messages in evidence.silences.items():
        for message in messages:
            yield breach(_unreachable(environment, message), (environment,))


def _unreachable(environment: str, message: str) -> Finding:
    return Finding(
        rule=UNREACHABLE,
        severity=Severity.UNKNOWN,
        layer=Layer.PACKAGES,
        subject=environment,
        message=f"{environment} is unknown: {message}",
        remedy="see that it is there and answers, or give it more time: seconds = 300",
    )


def _in_order(breaches: Sequence[Breach]) -> tuple[Breach, ...]:
    """The gravest first; those of one severity stay in their order."""
    order = {id(one): place for place, one in enumerate(gravest_first(found.finding for found in breaches))}
    return tuple(sorted(breaches, key=lambda found: order[id(found.finding)]))
