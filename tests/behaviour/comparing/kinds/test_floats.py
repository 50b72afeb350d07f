"""Numbers: close by dtype, and never by proportion alone."""

from typing import Any

import numpy as np
import pytest

from samestack.behaviour.comparing.comparison import compare
from samestack.behaviour.comparing.defaults import PRECISIONS, default_tolerance
from samestack.behaviour.comparing.judgement import Judgement
from samestack.behaviour.comparing.kind import Kind
from samestack.behaviour.comparing.tolerances import Closeness, widened


def floats(reference: Any, answer: Any, precision: str = "float64", **given: Any) -> Judgement:
    tolerance = Closeness(**given) if given else default_tolerance(Kind.FLOAT, precision)
    return compare(Kind.FLOAT, reference, answer, tolerance)


@pytest.mark.parametrize("precision", PRECISIONS)
def test_numbers_are_as_close_as_torch_wants_them(precision: str) -> None:
    rtol, atol = PRECISIONS[precision]
    assert floats(100.0, 100.0 + 0.99 * (atol + 100 * rtol), precision).is_same
    assert not floats(100.0, 100.0 + 1.02 * (atol + 100 * rtol), precision).is_same


def test_another_runtime_may_be_further_off() -> None:
    loose = default_tolerance(Kind.FLOAT, "float32", is_across_runtimes=True)
    assert not floats(1.0, 1.00009, "float32").is_same
    assert compare(Kind.FLOAT, 1.0, 1.00009, loose).is_same


def test_near_zero_a_proportion_alone_would_give_a_false_alarm() -> None:
    assert floats(1e-9, -1e-9, "float32").is_same
    assert not floats(1e-9, -1e-9, rtol=1e-3, atol=0).is_same


def test_nothing_that_is_close_hides_what_is_not() -> None:
    before = np.linspace(0, 1, 12, dtype=np.float32).reshape(3, 4)
    after = before.copy()
    after[1, 2] += 0.5
    judgement = floats(before, after, "float32")
    assert judgement.distance == pytest.approx(0.5 / (1e-5 + 1.3e-6 * after[1, 2]), rel=1e-4)
    assert judgement.detail == (
        "0.54545456 -> 1.0454545 at [1, 2], 4.4e+04 times what is allowed "
        "(1e-05 + 1.3e-06 of the value); 1 of 12 are too far apart"
    )


def test_nan_is_equal_by_place_and_a_new_one_is_not() -> None:
    before = np.array([1.0, np.nan, np.inf])
    assert floats(before, before.copy()).is_same
    for after in ([np.nan, np.nan, np.inf], [1.0, 2.0, np.inf], [1.0, np.nan, 1e308], [1.0, np.nan, -np.inf]):
        judgement = floats(before, np.array(after))
        assert not judgement.is_same
        assert judgement.distance == np.inf
    assert "1.0 -> nan at [0]" in floats(before, np.array([np.nan, np.nan, np.inf])).detail


def test_half_precision_does_not_overflow() -> None:
    before = np.array([60000, -60000], dtype=np.float16)
    judgement = floats(before, -before, "float16")
    assert np.isfinite(judgement.distance)
    assert not judgement.is_same


def test_the_loss_of_an_axis_is_a_difference() -> None:
    # OpenCV's dnn.NMSBoxes, 4.5.3.56 and 4.5.4.60: `i[0]` fails.
    assert floats(np.array([[0], [2]]), np.array([0, 2])).detail == "2 x 1 -> 2"


def test_a_mean_that_changed() -> None:
    # A chained fill, pandas 2.3.3 and 3.0.0.
    assert not floats(1.3333333333333333, 2.0).is_same


def test_three_times_the_noise_is_allowed() -> None:
    # OpenCV's HOG wanders by 3e-8 from run to run; twelve times the tolerance here.
    before, noise = np.array([0.1]), 12.0
    tolerance = widened(Closeness(rtol=0, atol=1e-7), noise)
    assert compare(Kind.FLOAT, before, before + 3.5e-6, tolerance).is_same
    assert not compare(Kind.FLOAT, before, before + 3.7e-6, tolerance).is_same


def test_what_is_no_number_differs() -> None:
    assert floats(1.0, "one").detail == "1.0 -> 'one'"
    assert floats(1.0, "one").distance == np.inf


def test_complex_numbers_are_close_by_their_difference() -> None:
    assert floats(np.array([1 + 1j]), np.array([1 + 1.00000001j])).is_same
    assert not floats(np.array([1 + 1j]), np.array([1 - 1j])).is_same


def test_nothing_at_all_is_the_same() -> None:
    assert floats(np.zeros((0, 4)), np.zeros((0, 4))).is_same
    assert not floats(np.zeros((0, 4)), np.zeros((1, 4))).is_same
