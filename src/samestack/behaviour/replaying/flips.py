"""What was taken for what, before and after: a confusion matrix of two environments."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

import numpy as np
from msgspec import Struct

from samestack.behaviour.comparing.arrays import UnfitError, labels, rows
from samestack.behaviour.comparing.kind import Kind
from samestack.behaviour.comparing.kinds.classes import are_scores
from samestack.behaviour.recording.recording import Array, Value
from samestack.behaviour.replaying.pairs import pairs_of
from samestack.behaviour.replaying.replayed import FieldReport, Replayed

MOST_LABELS: Final = 12
"""Of more, those that flip most are told apart, and the others stand together."""
OTHERS: Final = "(others)"

_FLIPPING: Final = frozenset({Kind.CLASS, Kind.PROBABILITIES})


class Flips(Struct, frozen=True, kw_only=True):
    """The labels of one field."""

    field: str
    labels: tuple[str, ...]
    counts: tuple[tuple[int, ...], ...]
    """A row for each label before, a column for each label after."""

    @property
    def total(self) -> int:
        """How many labels were compared."""
        return sum(map(sum, self.counts))

    @property
    def flipped(self) -> int:
        """How many became another one, as far as they are told apart."""
        return self.total - sum(self.counts[place][place] for place in range(len(self.labels)))


def flips_of(replayed: Replayed) -> tuple[Flips, ...]:
    """The fields of which a label flipped, those with the most flips first."""
    found = [flips for field in replayed.fields if (flips := _of_field(field, replayed)) is not None]
    return tuple(sorted(found, key=lambda flips: -flips.flipped))


def _of_field(field: FieldReport, replayed: Replayed) -> Flips | None:
    if (
        field.rule is None
        or field.rule.kind not in _FLIPPING
        or not field.changed
        or field.rule.is_over_inputs
    ):
        return None
    counts: Counter[tuple[str, str]] = Counter()
    for pair in pairs_of(field, replayed):
        counts.update(_labels_of(pair.before, pair.after, is_scores=field.rule.kind is Kind.PROBABILITIES))
    if all(before == after for before, after in counts):
        return None
    return _matrix(field.name, counts)


def _labels_of(before: Value, after: Value, *, is_scores: bool) -> Iterable[tuple[str, str]]:
    """Each label with what became of it; nothing where the two are no labels of the same things."""
    try:
        old, new = labels(before), labels(after)
    except UnfitError:
        return ()
    if old.shape != new.shape or not old.size:
        return ()
    if old.ndim and (is_scores or are_scores(old) or are_scores(new)):
        old, new = _highest(old), _highest(new)
    return zip(map(str, old.ravel().tolist()), map(str, new.ravel().tolist()), strict=True)


def _highest(scores: Array) -> Array:
    return np.asarray(rows(scores).argmax(axis=1))


def _matrix(field: str, counts: Mapping[tuple[str, str], int]) -> Flips:
    names = _named(counts)
    known = set(names)
    table: Counter[tuple[str, str]] = Counter()
    for (before, after), number in counts.items():
        table[before if before in known else OTHERS, after if after in known else OTHERS] += number
    shown = (*names, OTHERS) if len(names) < len({name for pair in counts for name in pair}) else tuple(names)
    return Flips(
        field=field,
        labels=shown,
        counts=tuple(tuple(table[before, after] for after in shown) for before in shown),
    )


def _named(counts: Mapping[tuple[str, str], int]) -> Sequence[str]:
    """The labels that are told apart, in their own order."""
    flips: Counter[str] = Counter()
    for (before, after), number in counts.items():
        for name in (before, after):
            flips[name] += number if before != after else 0
    most = sorted(flips, key=lambda name: (-flips[name], name))[:MOST_LABELS]
    return sorted(most, key=_order)


def _order(name: str) -> tuple[int, str]:
    return (len(name), name) if name.lstrip("-").isdigit() else (0, name)
