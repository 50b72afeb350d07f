"""The noise floor: how far a program's answers are from themselves, in one environment."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import combinations
from math import inf, isnan
from typing import Final

from msgspec import Struct

from samestack.behaviour.recording.recording import Answer, Array, Picture, Recording, Value, is_array
from samestack.libraries import library

_NUMBERS: Final = "iufc"


class Noise(Struct, frozen=True, kw_only=True):
    """How much one field differs between repeats, at most."""

    absolute: float = 0.0
    """The largest difference between two numbers at one place; infinite where just one of them is none."""
    relative: float = 0.0
    """The largest difference in proportion to the larger of the two."""
    unequal: float = 0.0
    """The share of the inputs in which this field was not exactly the same every time."""


def noise(recording: Recording) -> Mapping[str, Noise]:
    """The noise of every field, over all inputs and pairs of repeats; failed executions say nothing."""
    fields: dict[str, list[Noise]] = {}
    for name in dict.fromkeys(name for run in recording.runs for name in run.outputs):
        answers = list(_answers(recording, name))
        for path in dict.fromkeys(path for answer in answers for path in answer):
            # A field that is not always there is as unstable as one that is always another.
            values = [answer[path] for answer in answers if path in answer]
            is_partial = len(values) < len(answers)
            fields.setdefault(path, []).append(Noise(unequal=1.0) if is_partial else _spread(values))
    return {path: _joined(each, _mean) for path, each in fields.items()}


def _answers(recording: Recording, name: str) -> Iterator[Answer]:
    for run in recording.runs:
        outcome = run.outcomes.get(name)
        if name in run.outputs and not (outcome is not None and outcome.is_failure):
            yield run.outputs[name]


def _spread(values: Sequence[Value]) -> Noise:
    return _joined([_between(first, second) for first, second in combinations(values, 2)], max)


def _joined(each: Sequence[Noise], share: Callable[[Sequence[float]], float]) -> Noise:
    if not each:
        return Noise()
    return Noise(
        absolute=max(one.absolute for one in each),
        relative=max(one.relative for one in each),
        unequal=share([one.unequal for one in each]),
    )


def _mean(shares: Sequence[float]) -> float:
    return sum(shares) / len(shares)


def _between(first: Value, second: Value) -> Noise:
    if isinstance(first, Picture) and isinstance(second, Picture):
        return _between_arrays(first.pixels, second.pixels)
    if is_array(first) and is_array(second):
        return _between_arrays(first, second)
    if type(first) is not type(second):
        return Noise(unequal=1.0)
    if isinstance(first, float) and isinstance(second, float):
        return _between_numbers(first, second)
    if isinstance(first, int) and isinstance(second, int) and not isinstance(first, bool):
        return _between_numbers(first, second)
    return Noise(unequal=float(first != second))


def _between_numbers(first: float, second: float) -> Noise:
    if first == second or (isnan(first) and isnan(second)):
        return Noise()
    difference = float(abs(first - second))
    if isnan(difference) or difference == inf:
        return Noise(absolute=inf, relative=inf, unequal=1.0)
    return Noise(absolute=difference, relative=difference / max(abs(first), abs(second)), unequal=1.0)


def _between_arrays(first: Array, second: Array) -> Noise:
    if first.dtype != second.dtype or first.shape != second.shape:
        return Noise(unequal=1.0)
    if first.dtype.kind not in _NUMBERS:
        return Noise(unequal=float(not (first == second).all()))
    numpy = library("numpy", "comparing arrays")
    wide = numpy.complex128 if first.dtype.kind == "c" else numpy.float64
    same = (first == second) | ((first != first) & (second != second))  # noqa: PLR0124 - NaN alone
    if same.all():
        return Noise()
    left, right = first[~same].astype(wide), second[~same].astype(wide)
    with numpy.errstate(all="ignore"):
        difference = numpy.abs(left - right)
        relative = difference / numpy.maximum(numpy.abs(left), numpy.abs(right))
    return Noise(absolute=_largest(difference), relative=_largest(relative), unequal=1.0)


def _largest(differences: Array) -> float:
    """Infinite where something is no number."""
    largest = float(differences.max())
    return inf if isnan(largest) else largest
