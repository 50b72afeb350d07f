"""What needs what: changes that need each other are one, and a set that holds what it needs is closed.

From here on a change is an index, and what moves together has one index.
"""

from collections.abc import Iterable, Sequence

from samestack.behaviour.bisecting.lattice.atom import Atom, Implications

Members = frozenset[int]
NOTHING: Members = frozenset()


class Order:
    """The changes, and what each needs, directly or not."""

    def __init__(self, atoms: Sequence[Atom], implications: Implications) -> None:
        _check(atoms, implications)
        reached = {atom.name: _reached(atom.name, implications) for atom in atoms}
        groups = [group for atom in atoms if (group := _group(atom.name, reached))[0] == atom.name]
        index = {name: number for number, group in enumerate(groups) for name in group}
        self.groups: tuple[tuple[str, ...], ...] = tuple(groups)
        """By index, the names of the changes that move together."""
        self.everything: Members = frozenset(range(len(groups)))
        self.needs: tuple[Members, ...] = tuple(
            frozenset(index[name] for name in reached[group[0]]) for group in groups
        )
        """By index, what it needs, itself included."""
        self.above: tuple[Members, ...] = tuple(
            frozenset(other for other in self.everything if one in self.needs[other])
            for one in range(len(groups))
        )
        """By index, what needs it, itself included."""
        self.weights = _weights(groups, {atom.name: atom.weight for atom in atoms})
        self._index = index

    def closure(self, members: Iterable[int]) -> Members:
        """The smallest closed set that holds these."""
        return NOTHING.union(*(self.needs[one] for one in members))

    def without(self, members: Members, removed: Iterable[int]) -> Members:
        """The largest closed part of a closed set that holds none of these."""
        return members.difference(*(self.above[one] for one in removed))

    def topmost(self, members: Members) -> tuple[int, ...]:
        """Those that no other member needs, in the order in which they were given."""
        return tuple(one for one in sorted(members) if self.above[one] & members == {one})

    def names(self, members: Iterable[int]) -> tuple[str, ...]:
        """The names of all changes in these, sorted."""
        return tuple(sorted(name for one in members for name in self.groups[one]))

    def members(self, names: Iterable[str]) -> Members:
        """The set that holds these names."""
        return frozenset(self._index[name] for name in names)


def _check(atoms: Sequence[Atom], implications: Implications) -> None:
    names = {atom.name for atom in atoms}
    if len(names) < len(atoms):
        raise ValueError("two changes have one name")
    if any(atom.weight < 0 for atom in atoms):
        raise ValueError("a weight is negative")
    unknown = sorted((implications.keys() | frozenset().union(*implications.values())) - names)
    if unknown:
        raise ValueError(f"an implication names what does not change: {', '.join(unknown)}")


def _reached(name: str, implications: Implications) -> frozenset[str]:
    found, pending = {name}, [name]
    while pending:
        new = implications.get(pending.pop(), frozenset()) - found
        found |= new
        pending.extend(new)
    return frozenset(found)


def _group(name: str, reached: dict[str, frozenset[str]]) -> tuple[str, ...]:
    """What needs it and is needed by it: a strongly connected component."""
    return tuple(other for other in reached if other in reached[name] and name in reached[other])


def _weights(groups: Sequence[Sequence[str]], weights: dict[str, float]) -> tuple[float, ...]:
    """Half by what is likely and half even, so that what is unlikely is found a step later and not many."""
    likely = [sum(weights[name] for name in group) for group in groups]
    total = sum(likely) or 1.0
    return tuple(weight / total + 1 / len(groups) for weight in likely)
