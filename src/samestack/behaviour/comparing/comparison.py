"""Two values, compared as what they are."""

from collections.abc import Callable, Iterable
from itertools import combinations
from typing import Any, Final

from msgspec import structs

from samestack.behaviour.comparing.described import described
from samestack.behaviour.comparing.judgement import Judgement, apart, judged
from samestack.behaviour.comparing.kind import Kind
from samestack.behaviour.comparing.tolerances import Tolerance
from samestack.behaviour.recording.recording import Value
from samestack.libraries import library

_MODULES: Final = {
    Kind.FLOAT: "floats",
    Kind.INTEGER: "integers",
    Kind.TEXT: "texts",
    Kind.CLASS: "classes",
    Kind.PROBABILITIES: "probabilities",
    Kind.TOP_K: "top_k",
    Kind.BOXES: "boxes",
    Kind.MASK: "masks",
    Kind.LABELS: "labels",
    Kind.EMBEDDING: "embeddings",
    Kind.PICTURE: "pictures",
    Kind.DISTRIBUTION: "distributions",
    Kind.METRIC: "metrics",
    Kind.LATENCY: "latencies",
    Kind.EXACT: "exact",
}
_PACKAGE: Final = "samestack.behaviour.comparing.kinds"
_PURPOSE: Final = "comparing answers"


def compare(kind: Kind, reference: Value, answer: Value, tolerance: Tolerance) -> Judgement:
    """Whether an answer is the same as the reference.

    :class:`~samestack.errors.RequestError` where the reference is not of that kind; an answer that is not
    differs.
    """
    if reference is None or answer is None:
        return _with_nothing(reference, answer, tolerance)
    comparison = _comparison(kind)
    unfit = library("samestack.behaviour.comparing.arrays", _PURPOSE).UnfitError
    try:
        return comparison(reference, answer, tolerance)
    except unfit:
        comparison(reference, reference, tolerance)  # which raises where the reference is to blame
        return apart(tolerance, f"{described(reference)} -> {described(answer)}")


def noise_of(kind: Kind, values: Iterable[Value], tolerance: Tolerance) -> float:
    """The largest distance between any two of the repeats of one answer, which all were one environment's."""
    quiet = structs.replace(tolerance, noise=0.0)
    pairs = combinations(values, 2)
    return max((compare(kind, first, second, quiet).distance for first, second in pairs), default=0.0)


def _comparison(kind: Kind) -> Callable[[Value, Value, Any], Judgement]:
    found: Callable[[Value, Value, Any], Judgement] = library(
        f"{_PACKAGE}.{_MODULES[kind]}", _PURPOSE
    ).compare
    return found


def _with_nothing(reference: Value, answer: Value, tolerance: Tolerance) -> Judgement:
    if reference is None and answer is None:
        return judged(0, 0)
    return apart(tolerance, f"{described(reference)} -> {described(answer)}")
