"""Two profiles held against each other: values as they may be shown, secrets told apart by fingerprints."""

from collections.abc import Iterator
from enum import StrEnum
from typing import Any, Final

import msgspec
from msgspec import Struct

from samestack.config.entry import Origin, Value
from samestack.config.fingerprints import fingerprint
from samestack.config.masking import MASK, masked
from samestack.config.resolution import Resolution


class Relation(StrEnum):
    """How the two sides of a variable stand to each other."""

    DIFFERS = "differs"
    ONLY_BEFORE = "only-before"
    """Only the first profile has it."""
    ONLY_AFTER = "only-after"
    """Only the second profile has it."""
    OTHER_LAYER = "other-layer"
    """The value is the same and comes from another layer; told where that is asked for."""
    SAME_SECRET = "same-secret"  # noqa: S105 - a word for it, not one
    """One secret serves both profiles, so that whoever has it for one has it for the other."""
    UNDECIDED = "undecided"
    """Both have it, and a value was not read."""


_TELLING: Final = (Relation.DIFFERS, Relation.ONLY_BEFORE, Relation.ONLY_AFTER, Relation.OTHER_LAYER)


class Side(Struct, frozen=True, kw_only=True):
    """A variable as one profile has it."""

    value: Any
    """As it may be shown; unset where it was not read."""
    fingerprint: str = ""
    """Of the whole value, where not all of it is shown: equal for equal values of one run."""
    origin: Origin


class Difference(Struct, frozen=True, kw_only=True):
    """A variable that is not the same in both, or a secret that is."""

    name: str
    relation: Relation
    before: Side | None
    after: Side | None


class ProfileComparison(Struct, frozen=True, kw_only=True):
    """What differs between two profiles."""

    before: str
    after: str
    differences: tuple[Difference, ...]
    """By name."""
    same: int
    """How many variables are the same in both, secrets included."""

    @property
    def is_equal(self) -> bool:
        """Whether nothing is known to differ."""
        return not any(one.relation in _TELLING for one in self.differences)

    def related(self, relation: Relation) -> tuple[Difference, ...]:
        """Those that stand so to each other."""
        return tuple(one for one in self.differences if one.relation is relation)


def compared(
    before: Resolution, after: Resolution, key: bytes, *, with_origins: bool = False
) -> ProfileComparison:
    """Hold two profiles against each other; ``key`` is that of the run, for the fingerprints."""
    secret = _secret_names(before, after)
    sides = _values(before), _values(after)
    shown = _shown(before, secret), _shown(after, secret)
    names = sorted(sides[0].keys() | sides[1].keys())
    found = {name: _relation(sides[0].get(name), sides[1].get(name), name in secret) for name in names}
    differences = tuple(
        Difference(
            name=name,
            relation=relation,
            before=_side(sides[0].get(name), shown[0].get(name), key),
            after=_side(sides[1].get(name), shown[1].get(name), key),
        )
        for name, relation in found.items()
        if relation is not None and (with_origins or relation is not Relation.OTHER_LAYER)
    )
    same = sum(one in (None, Relation.SAME_SECRET, Relation.OTHER_LAYER) for one in found.values())
    return ProfileComparison(before=before.profile, after=after.profile, differences=differences, same=same)


def _secret_names(*resolutions: Resolution) -> frozenset[str]:
    """What is a secret in one profile is none to be shown in the other."""
    return frozenset(
        value.name for one in resolutions for value in one.values if _is_secret(value.name, resolutions)
    )


def _is_secret(name: str, resolutions: tuple[Resolution, ...]) -> bool:
    return any(one.is_secret(name) for one in resolutions)


def _values(resolution: Resolution) -> dict[str, Value]:
    return {value.name: value for value in resolution.values}


def _shown(resolution: Resolution, secret: frozenset[str]) -> dict[str, Any]:
    return {value.name: _masked(value, is_secret=value.name in secret) for value in masked(resolution)}


def _masked(value: Value, *, is_secret: bool) -> Any:  # noqa: ANN401 - any value of a variable
    return value.value if not is_secret or _is_nothing(value.value) else MASK


def _side(value: Value | None, shown: Any, key: bytes) -> Side | None:  # noqa: ANN401
    if value is None:
        return None
    is_whole = value.value is msgspec.UNSET or _encoded(shown) == _encoded(value.value)
    marked = "" if is_whole else fingerprint(value.value, key)
    return Side(value=shown, fingerprint=marked, origin=value.origin)


def _relation(before: Value | None, after: Value | None, is_secret: bool) -> Relation | None:  # noqa: FBT001
    """``None`` where there is nothing to tell."""
    if before is None or after is None:
        return Relation.ONLY_AFTER if before is None else Relation.ONLY_BEFORE
    return next(_relations(before, after, is_secret=is_secret), None)


def _relations(before: Value, after: Value, *, is_secret: bool) -> Iterator[Relation]:
    if msgspec.UNSET in (before.value, after.value):
        yield Relation.UNDECIDED
    elif _encoded(before.value) != _encoded(after.value):
        yield Relation.DIFFERS
    if is_secret and before.value not in (None, ""):
        yield Relation.SAME_SECRET
    if before.origin.rank != after.origin.rank:
        yield Relation.OTHER_LAYER


def _is_nothing(value: Any) -> bool:  # noqa: ANN401
    return value is None or value is msgspec.UNSET


def _encoded(value: Any) -> bytes:  # noqa: ANN401
    """So that 1, 1.0, true and "1" are four values, and the order of keys is none."""
    return msgspec.json.encode(value, order="deterministic")
