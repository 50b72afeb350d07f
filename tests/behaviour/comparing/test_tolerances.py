"""What is allowed where nobody says anything, and how noise widens it."""

import numpy as np
import pytest

from samestack.behaviour.comparing.defaults import (
    ACROSS_RUNTIMES,
    PRECISIONS,
    TOLERANCES,
    default_tolerance,
)
from samestack.behaviour.comparing.kind import Kind
from samestack.behaviour.comparing.precision import precision_of
from samestack.behaviour.comparing.tolerances import (
    BoxesTolerance,
    Closeness,
    EmbeddingTolerance,
    IntegerTolerance,
    LatencyTolerance,
    MetricTolerance,
    Tolerance,
    widened,
)


def test_every_kind_has_a_tolerance() -> None:
    assert set(TOLERANCES) == set(Kind)


def test_the_tolerances_of_the_tools_that_compare_such_answers() -> None:
    assert PRECISIONS == {
        "float64": (1e-7, 1e-7),
        "float32": (1.3e-6, 1e-5),
        "float16": (1e-3, 1e-5),
        "bfloat16": (1.6e-2, 1e-5),
    }
    assert default_tolerance(Kind.FLOAT, "float16") == Closeness(rtol=1e-3, atol=1e-5)
    assert (BoxesTolerance().iou, BoxesTolerance().atol) == (0.99, 1e-3)
    assert EmbeddingTolerance().cosine == 0.9999
    assert MetricTolerance().share == 0.99
    assert LatencyTolerance().ratio == 1.1


@pytest.mark.parametrize("precision", PRECISIONS)
def test_other_runtimes_are_never_held_to_more(precision: str) -> None:
    assert ACROSS_RUNTIMES[precision][0] >= PRECISIONS[precision][0]
    assert ACROSS_RUNTIMES[precision][1] >= PRECISIONS[precision][1]


def test_noise_widens_and_never_narrows() -> None:
    tolerance = IntegerTolerance(atol=2)
    assert widened(tolerance, 0.5).allowed == 2
    assert widened(tolerance, 3).allowed == 9
    assert widened(widened(tolerance, 3), 1).allowed == 9
    assert widened(Tolerance(), 0.5).allowed == 1.5


@pytest.mark.parametrize(
    ("values", "precision"),
    [
        ([np.float32(0.1).item()], "float32"),
        ([0.1], "float64"),
        ([0.1, np.float32(0.1).item()], "float64"),
        ([np.zeros(3, np.float16), np.zeros(3, np.float32)], "float16"),
        ([np.zeros(3, np.complex64)], "float32"),
        ([np.full(3, 0.1 + 0.2j)], "float64"),
        ([np.float32(0.1).item(), 3, None, float("nan"), float("inf")], "float32"),
        ([3, "text", None], "float64"),
        ([1e300], "float64"),
        ([], "float64"),
    ],
)
def test_how_exactly_numbers_were_computed(values: list[object], precision: str) -> None:
    assert precision_of(values) == precision  # type: ignore[arg-type]
