"""A tree becomes fields: arrays where lists are even, columns where they hold mappings, leaves else."""

from math import isnan
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from samestack.behaviour.recording.fields import MAX_DEPTH, WHOLE, array_of, fields_of
from samestack.behaviour.recording.recording import is_array
from samestack.errors import OutsideError

LEAVES = st.none() | st.booleans() | st.integers() | st.floats() | st.text()
TREES = st.recursive(LEAVES, lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner), max_leaves=20)


@given(TREES)
def test_every_tree_has_fields_of_the_kinds_that_are_kept(tree: Any) -> None:
    for path, value in fields_of(tree).items():
        assert path
        assert is_array(value) or value is None or isinstance(value, bool | int | float | str)
        assert not is_array(value) or value.dtype.kind in "biufU"


@given(TREES, TREES)
def test_no_two_places_share_a_path(first: Any, second: Any) -> None:
    both = {**fields_of(first, "one"), **fields_of(second, "other")}
    assert len(both) == len(fields_of(first, "one")) + len(fields_of(second, "other"))


@given(st.lists(st.floats(allow_nan=False) | st.integers(-(2**60), 2**60), min_size=1))
def test_numbers_are_one_array(numbers: list[float]) -> None:
    array = array_of(numbers)
    assert array is not None
    assert array.tolist() == [float(one) if array.dtype.kind == "f" else one for one in numbers]


@given(st.dictionaries(st.text(), st.integers(), min_size=1))
def test_keys_of_whatever_text_are_told_apart(mapping: dict[str, int]) -> None:
    assert list(fields_of(mapping).values()) == list(mapping.values())


def test_paths() -> None:
    tree = {
        "result": {"boxes": [[1, 2, 3, 4], [5, 6, 7, 8]], "label": "ok", "a.b": True},
        "rows": [{"name": "x", "at": {"y": 1.5}}, {"name": "z", "at": {"y": None}}],
        "mixed": [1, "two", [3]],
    }
    fields = fields_of(tree)
    assert list(fields) == [
        "result.boxes",
        "result.label",
        'result["a.b"]',
        "rows.name",
        "rows.at.y",
        "mixed[0]",
        "mixed[1]",
        "mixed[2]",
    ]
    assert fields["result.boxes"].shape == (2, 4)  # type: ignore[union-attr]
    assert fields["rows.name"].tolist() == ["x", "z"]  # type: ignore[union-attr]
    assert fields["rows.at.y"].tolist()[0] == 1.5  # type: ignore[union-attr]
    assert isnan(fields["rows.at.y"].tolist()[1])  # type: ignore[union-attr]


@pytest.mark.parametrize("value", [3, 2.5, "text", True, None])
def test_what_is_no_mapping_is_the_output(value: Any) -> None:
    assert fields_of(value) == {WHOLE: value}


def test_uneven_lists_are_kept_one_by_one() -> None:
    fields = fields_of({"x": [[1, 2], [3]]})
    assert [value.tolist() for value in fields.values() if is_array(value)] == [[1, 2], [3]]
    assert list(fields) == ["x[0]", "x[1]"]


def test_an_empty_list_is_an_empty_array() -> None:
    value = fields_of({"boxes": []})["boxes"]
    assert is_array(value)
    assert value.shape == (0,)


def test_integers_that_no_array_holds_stay_exact() -> None:
    assert fields_of([1, 2**70]) == {"output[0]": 1, "output[1]": 2**70}


def test_truth_and_numbers_are_not_mixed() -> None:
    assert fields_of([True, 1]) == {"output[0]": True, "output[1]": 1}


def test_arrays_stay_what_they_are() -> None:
    array = np.array([0.5, 1.5], np.float32)
    assert fields_of({"scores": array})["scores"] is array


def test_half_a_character_is_replaced() -> None:
    assert fields_of("a\ud800b") == {WHOLE: "a\ufffd\ufffd\ufffdb"}


def test_a_tree_that_is_too_deep_is_refused() -> None:
    tree: Any = "leaf"
    for _ in range(MAX_DEPTH + 2):
        tree = {"inner": tree}
    with pytest.raises(OutsideError, match="nested deeper"):
        fields_of(tree)


def test_a_list_that_is_too_deep_is_refused() -> None:
    tree: Any = "leaf"
    for _ in range(5000):
        tree = [tree, 1]
    with pytest.raises(OutsideError, match="nested deeper"):
        fields_of(tree)
