"""A change in words: what stood there before, what stands there after, and what else is not the same."""

from collections.abc import Iterator
from typing import Final

from msgspec import Struct

from samestack.compare.difference import Difference, Relation
from samestack.compare.facts import contradict
from samestack.model import Change, Component, Ecosystem, Value

_ITEMS_SHOWN: Final = 8
_OS_ECOSYSTEMS: Final = (Ecosystem.DEBIAN, Ecosystem.RPM, Ecosystem.ALPINE)
_DIGEST_LENGTH: Final = len("sha256:") + 12


class Aspect(Struct, frozen=True):
    """One thing that is said of a component, as it was and as it is."""

    name: str
    before: str
    after: str

    @property
    def label(self) -> str:
        """The name as people write it."""
        return self.name.replace("_", " ")


def title(component: Component) -> str:
    """The component's name and, where it has one, its place: ``openblas (numpy)``."""
    return f"{component.name} ({component.at})" if component.at else component.name


def stated(component: Component) -> str:
    """The version, or the requirement, or that there is neither."""
    return component.version or component.requirement or "no version"


def sides(difference: Difference) -> tuple[str, str]:
    """What is stated before and after; a side without the component is ``absent`` or ``not stated``."""
    missing = "not stated" if difference.relation is Relation.UNSTATED else "absent"
    change = difference.change
    before, after = (stated(one) if one is not None else missing for one in (change.before, change.after))
    return before, after


def aspects(change: Change) -> tuple[Aspect, ...]:
    """Everything beyond the version in which the two sides contradict each other.

    Where the versions differ, the content and the files' hashes follow from them and are left out.
    """
    before, after = change.before, change.after
    if before is None or after is None:
        return ()
    follows = {"content", "hashes"} if stated(before) != stated(after) else set()
    return tuple(aspect for aspect in _contradictions(before, after) if aspect.name not in follows)


def is_os_package(component: Component) -> bool:
    """Whether an operating system's package manager installed it."""
    return component.ecosystem in _OS_ECOSYSTEMS


def short_digest(digest: str) -> str:
    """The first twelve digits of a digest: enough to tell a few of them apart by eye."""
    return digest[:_DIGEST_LENGTH]


def value_text(value: Value) -> str:
    """A fact's value as people write it; of a long list the first items and how many more there are."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if not isinstance(value, tuple):
        return str(value)
    more = f" and {len(value) - _ITEMS_SHOWN} more" if len(value) > _ITEMS_SHOWN else ""
    return ", ".join(value[:_ITEMS_SHOWN]) + more if value else "none"


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
