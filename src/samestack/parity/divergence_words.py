"""A divergence as a finding: what each environment has, in one sentence and one line each."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from samestack.check.finding import Finding, Severity
from samestack.model import Component, Layer
from samestack.parity.rules import STACK_DIFFERS
from samestack.parity.sides import Divergence

_ABSENT: Final = "absent"


def divergence_finding(divergence: Divergence, source: str) -> Finding:
    """The finding; ``source`` is what says how it is to be: ``the lock``, or an environment."""
    component = divergence.component
    labels = _labels(divergence)
    expected, there = labels[0], dict(zip(divergence.there, labels[1:], strict=True))
    return Finding(
        rule=STACK_DIFFERS,
        severity=Severity.UNKNOWN if divergence.is_undecided else Severity.ERROR,
        layer=component.layer,
        subject=component.name,
        message=f"{component.name} is {_grouped(there)}{_said(expected, source)}",
        evidence=(
            *(f"{name}: {label}" for name, label in there.items()),
            *([f"{source}: {expected}"] if source not in there else []),
        ),
        remedy=_remedy(component.layer, divergence.environments, source),
    )


def listed(names: Sequence[str]) -> str:
    """``a, b and c``."""
    *first, last = names
    return f"{', '.join(first)} and {last}" if first else last


def _grouped(there: Mapping[str, str]) -> str:
    """``4.8.1 in development, 4.5.5 in staging and production``."""
    groups: dict[str, list[str]] = {}
    for name, label in there.items():
        groups.setdefault(label, []).append(name)
    return ", ".join(f"{label} in {listed(names)}" for label, names in groups.items())


def _said(expected: str, source: str) -> str:
    if source != "the lock":
        return ""
    return "; the lock does not have it" if expected == _ABSENT else f"; the lock says {expected}"


def _remedy(layer: Layer, environments: Sequence[str], source: str) -> str:
    names = listed(environments)
    if layer is Layer.PACKAGES and source == "the lock":
        return f"make {names} what the lock says: sync it, or build and deploy its image again"
    return f"let {names} have the same as {source}, by an image that both run for example"


def _labels(divergence: Divergence) -> list[str]:
    """The expected one and each that is there, told so that what is not the same does not look so."""
    sides = [divergence.expected, *divergence.there.values()]
    short = [_joined(map(_version, side)) for side in sides]
    if len(set(short)) == len(set(map(_whole, sides))):
        return short
    return [_joined(map(_detailed, side)) for side in sides]


def _whole(side: Iterable[Component]) -> tuple[str, ...]:
    return tuple(map(_detailed, side))


def _joined(labels: Iterable[str]) -> str:
    return " and ".join(labels) or _ABSENT


def _version(component: Component) -> str:
    return component.version or component.requirement or "there"


def _detailed(component: Component) -> str:
    parts = (_version(component), component.build or "", component.ecosystem, component.source or "")
    return " ".join(part for part in parts if part)
