"""The noise of a field is its largest distance from itself between repeats."""

from math import inf, nan
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from samestack.behaviour.recording.noise import Noise, noise
from samestack.behaviour.recording.recording import Outcome, Picture
from tests.behaviour.recording.recordings import recording_of

QUIET = Noise()


def noise_of(*values: Any) -> Noise:
    return noise(recording_of(*({"a": {"x": value}} for value in values)))["x"]


@pytest.mark.parametrize("value", [None, True, 3, 0.5, nan, "text", np.arange(3.0), np.array(["a"])])
def test_what_is_always_the_same_has_none(value: Any) -> None:
    assert noise_of(value, value, value) == QUIET


@given(st.lists(st.floats(-1e6, 1e6), min_size=2, max_size=5))
def test_numbers_by_their_largest_difference(numbers: list[float]) -> None:
    found = noise_of(*numbers)
    assert found.absolute == max(numbers) - min(numbers)
    assert found.unequal == float(len(set(numbers)) > 1)


def test_arrays_by_their_largest_difference_at_one_place() -> None:
    found = noise_of(np.array([1.0, 100.0]), np.array([1.5, 100.0]), np.array([1.0, 101.0]))
    assert (found.absolute, found.unequal) == (1.0, 1.0)
    assert found.relative == pytest.approx(1 / 3)


def test_unsigned_integers_do_not_run_over() -> None:
    assert noise_of(np.array([3], np.uint8), np.array([5], np.uint8)).absolute == 2
    pixels = np.zeros((2, 2), np.uint8)
    assert noise_of(Picture(pixels), Picture(pixels + 4)).absolute == 4


def test_a_number_and_none_at_one_place_are_infinitely_apart() -> None:
    assert noise_of(1.0, nan).absolute == inf
    assert noise_of(np.array([1.0, nan]), np.array([nan, 1.0])).absolute == inf
    assert noise_of(np.array([1.0, nan]), np.array([1.0, nan])) == QUIET


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("a", "b"),
        (True, 1),
        (1, 1.0),
        (None, 0),
        (np.zeros(2), np.zeros(3)),
        (np.zeros(2), np.zeros(2, "f4")),
        (np.array(["a"]), np.array(["b"])),
        (np.zeros(2), 0.0),
    ],
)
def test_what_cannot_be_subtracted_is_unequal(first: Any, second: Any) -> None:
    assert noise_of(first, second) == Noise(unequal=1.0)


def test_a_field_that_is_not_always_there_is_unequal() -> None:
    assert noise(recording_of({"a": {"x": 1, "y": 1}}, {"a": {"x": 1}})) == {
        "x": QUIET,
        "y": Noise(unequal=1.0),
    }


def test_the_share_is_over_the_inputs() -> None:
    found = noise(recording_of({"a": {"x": 1}, "b": {"x": 1}}, {"a": {"x": 1}, "b": {"x": 2}}))
    assert found["x"] == Noise(absolute=1, relative=0.5, unequal=0.5)


def test_executions_that_failed_say_nothing() -> None:
    recording = recording_of({"a": {"x": 1}}, {"a": {"x": 9}}, outcomes=({}, {"a": Outcome(status=1)}))
    assert noise(recording) == {"x": QUIET}
