"""Several environments side by side: what each has of one thing, and which of them have to change."""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence

from msgspec import Struct

from samestack.compare.changes import compare
from samestack.compare.difference import Relation
from samestack.model import Component, Stack
from samestack.model.change import Change

Relate = Callable[[Change], Relation]
Identity = Callable[[Component], Hashable]


class Side(Struct, frozen=True):
    """One environment: what it is to have, and what it has."""

    environment: str
    expected: Stack
    there: Stack
    relate: Relate
    """Whether a change is a difference at all."""


class Divergence(Struct, frozen=True, kw_only=True):
    """One thing that is not everywhere what it is to be."""

    component: Component
    """As one side has it: its name and layer are those of all."""
    environments: tuple[str, ...]
    """Those that have to change."""
    expected: tuple[Component, ...] = ()
    """What they are to have; nothing where it is to be gone."""
    there: Mapping[str, tuple[Component, ...]]
    """What each environment has, the others included; nothing where it is absent."""
    is_undecided: bool = False
    """Whether it only cannot be told that all is well."""


def divergences(sides: Sequence[Side], identity: Identity) -> Iterator[Divergence]:
    """Everything that diverges in at least one environment, in the order of the first that has it so."""
    found: dict[Hashable, dict[str, list[_Related]]] = defaultdict(lambda: defaultdict(list))
    for side in sides:
        for one in _differing(side, identity):
            found[identity(one.change.component)][side.environment].append(one)
    expected = {side.environment: _grouped(side.expected, identity) for side in sides}
    there = {side.environment: _grouped(side.there, identity) for side in sides}
    for key, by_environment in found.items():
        yield _divergence(by_environment, _at(key, expected), _at(key, there))


class _Related(Struct, frozen=True):
    change: Change
    relation: Relation


def _differing(side: Side, identity: Identity) -> Iterator[_Related]:
    changes = compare(side.expected, side.there, before_identity=identity, after_identity=identity)
    for change in changes:
        relation = side.relate(change)
        if relation in (Relation.DIFFERS, Relation.UNDECIDED):
            yield _Related(change, relation)


def _grouped(stack: Stack, identity: Identity) -> Mapping[Hashable, tuple[Component, ...]]:
    groups: dict[Hashable, tuple[Component, ...]] = {}
    for one in stack:
        key = identity(one)
        groups[key] = (*groups.get(key, ()), one)
    return groups


def _at(
    key: Hashable, sides: Mapping[str, Mapping[Hashable, tuple[Component, ...]]]
) -> Mapping[str, tuple[Component, ...]]:
    return {environment: groups.get(key, ()) for environment, groups in sides.items()}


def _divergence(
    differing: Mapping[str, Sequence[_Related]],
    expected: Mapping[str, tuple[Component, ...]],
    there: Mapping[str, tuple[Component, ...]],
) -> Divergence:
    first = next(iter(differing.values()))[0].change
    return Divergence(
        component=first.before or first.component,
        environments=tuple(differing),
        expected=next((expected[name] for name in differing if expected[name]), ()),
        there=there,
        is_undecided=all(one.relation is Relation.UNDECIDED for told in differing.values() for one in told),
    )
