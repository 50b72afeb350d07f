"""Under which markers, and for which groups, each package of a lock is needed.

Locks for several platforms (uv's, and Poetry's before version 2) hold markers on the dependencies, not on the
packages: a package is needed where all markers hold along one of the ways that lead to it. A condition is the
set of these ways, each the set of its markers; a way that demands more than another one adds nothing.
"""

from collections import deque
from collections.abc import Iterable, Mapping
from typing import Final

from msgspec import Struct

from samestack.capture.readers.requirements.packaging_values import all_of, any_of

Node = tuple[int, str]
"""A package, by its index in the lock, and one of its extras; the empty extra is the package itself."""

Way = frozenset[str]
Condition = frozenset[Way]

ALWAYS: Final[Condition] = frozenset({frozenset()})

MAX_WAYS: Final = 16
"""With more ways than these, a package is taken to be needed always. The most seen, among 250, are 6."""

MAX_CHARACTERS: Final = 20_000
"""With a longer marker than this, likewise. The longest seen, among 250, has 541."""

MAX_STEPS: Final = 20_000
"""After these many, what is still met is taken to be needed always: only a hostile lock has so many ways."""


class Dependency(Struct, frozen=True):
    """An edge of the graph: what is needed, and where."""

    target: Node
    marker: str | None = None


Graph = Mapping[Node, Iterable[Dependency]]
"""What each node needs."""

Markers = dict[str, str | None]
"""For each group that needs something, the marker under which it does; ``None`` for always."""


def markers_of_needed(graph: Graph, roots: Iterable[Dependency]) -> dict[int, str | None]:
    """For each package that is needed, by its index, the marker under which it is; ``None`` for always."""
    conditions = _conditions(graph, roots)
    return {index: _marker(condition) for (index, extra), condition in conditions.items() if not extra}


def _conditions(graph: Graph, roots: Iterable[Dependency]) -> dict[Node, Condition]:
    """The condition of every node that can be reached, going on from each whose condition has grown."""
    conditions: dict[Node, Condition] = {}
    pending = deque((root, ALWAYS) for root in roots)
    steps = 0
    while pending:
        dependency, before = pending.popleft()
        known = conditions.get(dependency.target, frozenset())
        condition = _united(known, _narrowed(before, dependency.marker)) if steps < MAX_STEPS else ALWAYS
        if condition != known:
            conditions[dependency.target] = condition
            pending.extend((further, condition) for further in graph.get(dependency.target, ()))
        steps += 1
    return conditions


def _narrowed(condition: Condition, marker: str | None) -> Condition:
    return condition if marker is None else frozenset(way | {marker} for way in condition)


def _united(one: Condition, other: Condition) -> Condition:
    ways = one | other
    shortest = frozenset(way for way in ways if not any(shorter < way for shorter in ways))
    return shortest if len(shortest) <= MAX_WAYS else ALWAYS


def _marker(condition: Condition) -> str | None:
    if condition == ALWAYS or sum(len(marker) for way in condition for marker in way) > MAX_CHARACTERS:
        return None
    return any_of(sorted(filter(None, (all_of(*sorted(way)) for way in condition))))
