"""A change in words: what stood there before, what stands there after, and what else is not the same."""

from collections.abc import Iterator
from typing import Final

from msgspec import Struct

from samestack.compare.difference import Difference, Relation
from samestack.compare.facts import contradict
from samestack.model import Component, Value
from samestack.model.change import Change
from samestack.render.component_text import short_digest, stated, value_text

_OF_A_VERSION: Final = frozenset({"content", "hashes", "requires", "requires_python", "modules", "needed_by"})


class Aspect(Struct, frozen=True):
    """One thing that is said of a component, as it was and as it is."""

    name: str
    before: str
    after: str

    @property
    def label(self) -> str:
        """The name as people write it."""
        return self.name.replace("_", " ")


def sides(difference: Difference) -> tuple[str, str]:
    """What is stated before and after; a side without the component is ``absent`` or ``not stated``."""
    missing = "not stated" if difference.relation is Relation.UNSTATED else "absent"
    change = difference.change
    before, after = (stated(one) if one is not None else missing for one in (change.before, change.after))
    return before, after


def aspects(change: Change) -> tuple[Aspect, ...]:
    """Everything beyond the version in which the two sides contradict each other.

    Where the versions differ, the content, the files' hashes and what the metadata asks for follow from them
    and are left out.
    """
    before, after = change.before, change.after
    if before is None or after is None:
        return ()
    follows = _OF_A_VERSION if stated(before) != stated(after) else ()
    return tuple(aspect for aspect in _contradictions(before, after) if aspect.name not in follows)


def _contradictions(before: Component, after: Component) -> Iterator[Aspect]:
    if before.ecosystem is not after.ecosystem:
        yield Aspect("ecosystem", before.ecosystem, after.ecosystem)
    if before.name != after.name:
        yield Aspect("name", before.name, after.name)
    for name in ("build", "source", "content"):
        old, new = getattr(before, name), getattr(after, name)
        if None not in {old, new} and old != new:
            yield Aspect(name, _shown(name, old), _shown(name, new))
    for name in sorted(before.facts.keys() & after.facts.keys()):
        old, new = before.facts[name], after.facts[name]
        if contradict(name, old, new):
            yield _of_fact(name, old, new)


def _shown(name: str, text: str) -> str:
    return short_digest(text) if name == "content" else text


def _of_fact(name: str, before: Value, after: Value) -> Aspect:
    if isinstance(before, tuple) and isinstance(after, tuple) and _overlap(before, after):
        return Aspect(name, _only_here(before, after), _only_here(after, before))
    return Aspect(name, value_text(before), value_text(after))


def _overlap(items: tuple[str, ...], others: tuple[str, ...]) -> bool:
    return bool(set(items) & set(others)) and set(items) != set(others)


def _only_here(items: tuple[str, ...], others: tuple[str, ...]) -> str:
    own = tuple(item for item in items if item not in set(others))
    return f"only here: {value_text(own)}" if own else "nothing of its own"
