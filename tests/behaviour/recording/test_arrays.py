"""Arrays as bytes: whatever numpy's own function writes is read, and nothing that lies or runs."""

import io
import pickle
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis.extra import numpy as hn

from samestack.behaviour.recording.arrays import array_bytes, array_from, array_key, plain_array

PLAIN = hn.arrays(
    hn.boolean_dtypes() | hn.integer_dtypes() | hn.floating_dtypes() | hn.unicode_string_dtypes(),
    hn.array_shapes(min_dims=0, max_dims=3, min_side=0, max_side=4),
)


def saved(array: Any, *, allow_pickle: bool = False) -> bytes:
    file = io.BytesIO()
    np.save(file, array, allow_pickle=allow_pickle)
    return file.getvalue()


@given(PLAIN)
def test_there_and_back(array: Any) -> None:
    plain = plain_array(array, "a test")
    back = array_from(array_bytes(plain))
    assert (back.dtype, back.shape) == (plain.dtype, plain.shape)
    assert array_key(back) == array_key(plain)
    np.testing.assert_array_equal(back, array)


@given(PLAIN)
def test_what_numpy_saves_is_read(array: Any) -> None:
    np.testing.assert_array_equal(array_from(saved(array)), array)


def test_fortran_order_is_read() -> None:
    array = np.asfortranarray(np.arange(12).reshape(3, 4))
    np.testing.assert_array_equal(array_from(saved(array)), array)


def test_keys_tell_types_and_shapes_apart() -> None:
    arrays = [np.zeros(4, "f4"), np.zeros(4, "i4"), np.zeros((2, 2), "f4"), np.zeros(2, "f8")]
    assert len({array_key(array) for array in arrays}) == len(arrays)


def test_equal_arrays_of_other_machines_have_one_key() -> None:
    array = np.arange(3, dtype="f8")
    assert array_key(plain_array(array.astype(">f8"), "a test")) == array_key(array)


def test_times_become_texts_with_their_units() -> None:
    array = np.array(["2024-01-02", "2024-01-03"], dtype="datetime64[D]")
    assert plain_array(array, "a test").tolist() == ["2024-01-02", "2024-01-03"]


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\x93NUMPY",
        b"\x93NUMPY\x01\x00\x05\x00junk\n",
        saved(np.arange(3))[:-1],
        saved(np.arange(3)) + b"more",
        saved(np.array([object], dtype=object), allow_pickle=True),
        pickle.dumps([1]),
        saved(np.arange(3)).replace(b"(3,)", b"(-3,)"),
        saved(np.arange(3)).replace(b"(3,), }           ", b"(999999999999,), } "),
    ],
)
def test_what_is_no_array_is_refused(data: bytes) -> None:
    with pytest.raises(ValueError):
        array_from(data)


def test_objects_and_records_are_not_kept() -> None:
    for array in (np.array([None], dtype=object), np.zeros(2, dtype=[("a", "i4")])):
        with pytest.raises(ValueError, match="is not kept"):
            plain_array(array, "a test")
