"""One operating system under the stack, as far as environments carry theirs: images, and whole machines."""

from collections.abc import Hashable, Iterator, Mapping
from typing import Any, Final

from samestack.compare.difference import Relation
from samestack.image.debian.locked import from_table
from samestack.lock.decision import Lock
from samestack.model import Component, Ecosystem, Layer, Snapshot, Stack
from samestack.parity.breach import Breach, breach
from samestack.parity.divergence_words import divergence_finding
from samestack.parity.evidence import Evidence
from samestack.parity.held_stack import has_system, system_of
from samestack.parity.sides import Divergence, Side, divergences

_LOCK: Final = "the lock"
_ARCHITECTURE: Final = "architecture"
_C_LIBRARIES: Final = ("glibc", "musl")


def system_breaches(evidence: Evidence) -> Iterator[Breach]:
    """Whatever of the systems is not the same.

    Debian's packages are held against the lock where it decides them; all else against the first environment
    that carries a system.
    """
    carrying = {
        one.name: evidence.snapshots[one.name]
        for one in evidence.environments
        if one.name in evidence.snapshots and has_system(evidence.snapshots[one.name])
    }
    decided = {name: _decided(evidence.lock, one) for name, one in carrying.items()}
    locked = {name: stack for name, stack in decided.items() if stack is not None}
    yield from _breaches(
        [_side(name, stack, _debian(carrying[name])) for name, stack in locked.items()], _LOCK
    )
    rest = {
        name: Stack.of(
            map(_bare, (one for one in system_of(snapshot) if not (name in locked and _is_debian(one))))
        )
        for name, snapshot in carrying.items()
    }
    if rest:
        first = next(iter(rest))
        yield from _breaches([_side(name, rest[first], one) for name, one in rest.items()], first)


def _breaches(sides: list[Side], source: str) -> Iterator[Breach]:
    for one in divergences(sides, _identity):
        yield breach(divergence_finding(one, source), one.environments, _difference(one))


def _difference(divergence: Divergence) -> str:
    return f"{divergence.component.layer}/{divergence.component.name}"


def _side(name: str, expected: Stack, there: Stack) -> Side:
    return Side(name, expected, there, lambda _: Relation.DIFFERS)


def _identity(component: Component) -> Hashable:
    return component.key


def _is_debian(component: Component) -> bool:
    return component.ecosystem is Ecosystem.DEBIAN


def _debian(snapshot: Snapshot) -> Stack:
    return Stack.of(_bare(one) for one in system_of(snapshot) if _is_debian(one))


def _bare(component: Component) -> Component:
    """What it is, without what is known of it beside; of two distributions, each is the other's."""
    is_distribution = component.layer is Layer.OS and component.name not in _C_LIBRARIES
    return Component(
        layer=component.layer,
        ecosystem=component.ecosystem,
        name="distribution" if is_distribution else component.name,
        at=component.at,
        version=component.label if is_distribution else component.version,
    )


def _decided(lock: Lock | None, snapshot: Snapshot) -> Stack | None:
    """The Debian packages that a lock decides for the architecture of an environment."""
    table: Mapping[str, Any] = lock.table.image.get("debian", {}) if lock else {}
    if not lock or not table:
        return None
    packages = from_table(table, file=lock.path.name).packages
    told = {str(one.facts.get(_ARCHITECTURE, "")) for one in system_of(snapshot) if _is_debian(one)}
    architecture = next((name for name in packages if name in told), None)
    if architecture is None:
        return None
    return Stack.of(
        Component(layer=Layer.SYSTEM, ecosystem=Ecosystem.DEBIAN, name=one.name, version=one.version)
        for one in packages[architecture]
    )
