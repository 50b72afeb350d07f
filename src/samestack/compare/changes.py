"""Two compositions, one function: which components changed. And its inverse."""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator
from itertools import zip_longest
from typing import TypeVar

from samestack.model import Component, Composition
from samestack.model.change import Change

C = TypeVar("C", bound=Composition)

Identity = Callable[[Component], Hashable]
"""Which thing a component is: two components of one identity are that thing, before and after."""


def component_key(component: Component) -> Hashable:
    """The identity that the model itself gives a component."""
    return component.key


def compare(
    before: Composition,
    after: Composition,
    *,
    before_identity: Identity = component_key,
    after_identity: Identity = component_key,
) -> tuple[Change, ...]:
    """Every component that is not the same on both sides, in the order of what is there afterwards.

    ``patch(before, compare(before, after)) == after`` whatever the identities, also where one thing is there
    several times, as in a broken environment.
    """
    befores, afters = _grouped(before, before_identity), _grouped(after, after_identity)
    keys = dict.fromkeys((*afters, *befores))
    pairs = ((befores.get(key, []), afters.get(key, [])) for key in keys)
    return tuple(sorted((change for pair in pairs for change in _of_one_thing(*pair)), key=_place))


def patch(before: C, changes: Iterable[Change]) -> C:
    """The composition after the changes; ``ValueError`` when one starts from what is not there."""
    components = list(before.components)
    added = []
    for change in changes:
        if change.before is not None:
            components.remove(change.before)
        if change.after is not None:
            added.append(change.after)
    return type(before)((*components, *added))


def _grouped(composition: Composition, identity: Identity) -> dict[Hashable, list[Component]]:
    groups: dict[Hashable, list[Component]] = defaultdict(list)
    for component in composition:
        groups[identity(component)].append(component)
    return groups


def _of_one_thing(befores: list[Component], afters: list[Component]) -> Iterator[Change]:
    gone, come = list(befores), []
    for component in afters:
        if component in gone:
            gone.remove(component)
        else:
            come.append(component)
    for before, after in zip_longest(gone, come):
        yield Change(before, after)


def _place(change: Change) -> tuple[int, str, str, str]:
    component = change.component
    return (component.layer.rank, component.name, component.at, component.ecosystem)
