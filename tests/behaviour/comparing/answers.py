"""Pairs of answers of every kind, for property tests: equal, near to each other, or nothing alike."""

from collections.abc import Callable
from random import Random
from typing import Any

import numpy as np
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from samestack.behaviour.comparing.kind import Kind
from samestack.behaviour.comparing.tolerances import (
    BoxesTolerance,
    ClassTolerance,
    Closeness,
    DistributionTolerance,
    EmbeddingTolerance,
    IntegerTolerance,
    LabelsTolerance,
    LatencyTolerance,
    MaskTolerance,
    MetricTolerance,
    PictureTolerance,
    TextTolerance,
    Tolerance,
    TopKTolerance,
)
from samestack.behaviour.recording.recording import Picture, Value

Draw = st.DrawFn
amounts = st.floats(0, 2)
shares = st.floats(0, 1)

small_shapes = arrays.array_shapes(min_dims=1, max_dims=2, min_side=0, max_side=5)
dtypes = st.sampled_from([np.float64, np.float32, np.float16, np.complex64, np.int64, np.uint8, np.bool_])


def pairs_of(one: st.SearchStrategy[Any], near: Callable[[Any, Any], Any]) -> st.SearchStrategy[Any]:
    """Two of a strategy, or one and what is near to it."""
    two = st.tuples(one, one)
    return two | st.tuples(one, st.randoms(use_true_random=False)).map(lambda it: (it[0], near(*it)))


def nudged(array: Any, random: Any) -> Any:
    """The array with small differences, in its own type."""
    factors = np.array([1 + random.choice([0, 1e-9, 1e-6, 1e-3]) for _ in range(array.size)])
    with np.errstate(all="ignore"):
        return (array * factors.reshape(array.shape)).astype(array.dtype)


def relabelled(array: Any, random: Any) -> Any:
    """The array with one element in the place of another."""
    changed = array.copy()
    if changed.size:
        changed.flat[random.randrange(changed.size)] = changed.flat[random.randrange(changed.size)]
    return changed


def shuffled(table: Any, random: Any) -> Any:
    order = list(range(len(table)))
    random.shuffle(order)
    return nudged(table[order], random)


def retyped(text: str, random: Random) -> str:
    place = random.randrange(len(text) + 1)
    return text[:place] + random.choice(["", "a", "\u0301"]) + text[place + random.choice([0, 1]) :]


def reversed_texts(texts: list[str]) -> tuple[Any, Any]:
    return np.array(texts, dtype=np.str_), np.array(texts[::-1], dtype=np.str_)


@st.composite
def tables(draw: Draw, elements: st.SearchStrategy[Any], columns: st.SearchStrategy[int]) -> Any:
    shape = (draw(st.integers(0, 5)), draw(columns))
    return draw(arrays.arrays(np.float64, shape, elements=elements))


@st.composite
def boxes(draw: Draw) -> Any:
    table = draw(tables(st.integers(0, 40).map(float), st.just(6)))
    table[:, 2:4] += table[:, :2]
    table[:, 4] /= 40
    table[:, 5] %= 3
    return table[:, : draw(st.sampled_from([4, 5, 6]))]


turned_boxes = tables(st.integers(1, 40).map(float), st.just(5)).map(lambda table: table * [1, 1, 1, 1, 9])
numbers = dtypes.flatmap(lambda dtype: arrays.arrays(dtype, small_shapes))
reals = arrays.arrays(np.float64, small_shapes, elements=st.floats(-1e3, 1e3, width=32))
scores = tables(st.sampled_from([0.0, 0.1, 0.2, 0.3, 0.5, 1.0, np.nan]), st.integers(1, 7))
whole = st.sampled_from([np.int64, np.uint8, np.uint64, np.bool_]).flatmap(
    lambda dtype: arrays.arrays(dtype, small_shapes)
)
few = arrays.arrays(np.int64, small_shapes, elements=st.integers(-1, 3))
words = st.text("ab e\u0301\u00e9", max_size=12)
pictures = st.sampled_from([np.uint8, np.uint16]).flatmap(
    lambda dtype: arrays.arrays(dtype, arrays.array_shapes(min_dims=2, max_dims=3, max_side=4))
)
anything = st.one_of(
    st.booleans(), st.integers(), st.floats(), words, numbers, few, words.map(np.array), pictures.map(Picture)
)

PAIRS: dict[Kind, st.SearchStrategy[tuple[Value, Value]]] = {
    Kind.FLOAT: pairs_of(numbers, nudged) | st.tuples(st.floats(), st.floats()),
    Kind.INTEGER: pairs_of(whole, relabelled) | st.tuples(st.integers(), st.integers()),
    Kind.TEXT: pairs_of(words, retyped) | st.lists(words, max_size=3).map(reversed_texts),
    Kind.CLASS: pairs_of(few, relabelled) | pairs_of(scores, nudged) | st.tuples(words, words),
    Kind.PROBABILITIES: pairs_of(scores, nudged),
    Kind.TOP_K: pairs_of(scores, nudged) | pairs_of(few, relabelled),
    Kind.BOXES: pairs_of(boxes(), shuffled) | pairs_of(turned_boxes, shuffled),
    Kind.MASK: pairs_of(few, relabelled),
    Kind.LABELS: pairs_of(few, relabelled),
    Kind.EMBEDDING: pairs_of(reals.filter(lambda it: it.ndim == 2), nudged),
    Kind.PICTURE: pairs_of(pictures, relabelled).map(lambda it: (Picture(it[0]), Picture(it[1]))),
    Kind.DISTRIBUTION: st.one_of(
        pairs_of(reals, nudged),
        pairs_of(few, relabelled),
        pairs_of(few.map(lambda it: it.astype(str)), relabelled),
    ),
    Kind.METRIC: pairs_of(reals, nudged) | st.tuples(st.floats(), st.floats()),
    Kind.LATENCY: pairs_of(reals.map(abs), nudged),
    Kind.EXACT: st.tuples(anything, anything) | pairs_of(numbers, relabelled),
}
"""Two answers of each kind."""

_closeness = {"rtol": amounts, "atol": amounts}
_LIMITS: dict[Kind, tuple[type[Tolerance], dict[str, st.SearchStrategy[Any]]]] = {
    Kind.FLOAT: (Closeness, _closeness),
    Kind.INTEGER: (IntegerTolerance, {"atol": amounts}),
    Kind.TEXT: (TextTolerance, {"ratio": shares}),
    Kind.CLASS: (ClassTolerance, _closeness),
    Kind.PROBABILITIES: (Closeness, _closeness),
    Kind.TOP_K: (TopKTolerance, _closeness),
    Kind.BOXES: (BoxesTolerance, {"iou": st.floats(0, 0.999), "atol": amounts}),
    Kind.MASK: (MaskTolerance, {"iou": shares}),
    Kind.LABELS: (LabelsTolerance, {"ari": st.floats(-1, 1)}),
    Kind.EMBEDDING: (EmbeddingTolerance, {"cosine": shares}),
    Kind.PICTURE: (PictureTolerance, {"levels": amounts, "mean": shares}),
    Kind.DISTRIBUTION: (DistributionTolerance, {"p": shares, "drift": amounts}),
    Kind.METRIC: (MetricTolerance, {"share": shares}),
    Kind.LATENCY: (LatencyTolerance, {"ratio": st.floats(1, 3), "p": shares}),
    Kind.EXACT: (Tolerance, {}),
}
_LESS_IS_LOOSER = {"ratio", "iou", "ari", "cosine", "p", "share"}


def tolerances(kind: Kind) -> st.SearchStrategy[tuple[Tolerance, Tolerance]]:
    """A tolerance and one that allows at least as much."""
    shape, limits = _LIMITS[kind]
    drawn = {
        name: st.tuples(limit, limit).map(sorted) for name, limit in (limits | {"noise": amounts}).items()
    }
    return st.fixed_dictionaries(drawn).map(
        lambda found: (shape(**_sides(found, 0, kind)), shape(**_sides(found, 1, kind)))
    )


def _sides(found: dict[str, list[float]], side: int, kind: Kind) -> dict[str, float]:
    turned = _LESS_IS_LOOSER - ({"ratio"} if kind is Kind.LATENCY else set())
    return {name: pair[1 - side if name in turned else side] for name, pair in found.items()}
