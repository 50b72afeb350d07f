"""A crowd of like findings as one: a base image of another day is one thing to say, not four hundred."""

from collections.abc import Hashable, Sequence
from typing import Final

from msgspec import structs

from samestack.check.finding import Finding
from samestack.model import Layer
from samestack.parity.breach import Breach
from samestack.parity.divergence_words import listed
from samestack.parity.rules import STACK_DIFFERS

CROWD: Final = 12
"""The most of one kind that are told one by one."""
_WORDS: Final = {
    Layer.PACKAGES: "packages",
    Layer.SYSTEM: "packages of the operating system",
    Layer.OS: "parts of the operating system",
}


def folded(breaches: Sequence[Breach]) -> tuple[Breach, ...]:
    """The breaches in their order; of many of one layer in the same environments one that tells them all."""
    groups: dict[Hashable, list[Breach]] = {}
    for one in breaches:
        groups.setdefault(_group(one), []).append(one)
    crowds = [group for group in groups.values() if len(group) > CROWD]
    gone = {id(one) for group in crowds for one in group[1:]}
    joined = {id(group[0]): _joined(group) for group in crowds}
    return tuple(joined.get(id(one), one) for one in breaches if id(one) not in gone)


def _group(one: Breach) -> Hashable:
    if one.finding.rule != STACK_DIFFERS:
        return id(one)
    return (one.finding.layer, one.finding.severity, one.environments)


def _joined(group: list[Breach]) -> Breach:
    first = group[0]
    words = _WORDS.get(first.finding.layer, f"components of layer {first.finding.layer}")
    finding = Finding(
        rule=STACK_DIFFERS,
        severity=first.finding.severity,
        layer=first.finding.layer,
        subject=str(first.finding.layer),
        at=first.finding.at,
        message=f"{len(group)} {words} differ in {listed(first.environments)}",
        evidence=tuple(one.finding.message for one in group),
        remedy=first.finding.remedy,
    )
    return structs.replace(first, finding=finding, difference=f"{first.finding.layer}/*")
