"""Values as the arrays that they are compared as."""

from math import prod
from typing import Final, NoReturn
from unicodedata import normalize

import numpy as np

from samestack.behaviour.comparing.described import described
from samestack.behaviour.recording.recording import Array, Picture, Value
from samestack.errors import RequestError

_NUMBERS: Final = "biufc"
_WHOLE: Final = "biu"
_MOST: Final = 2**63


class UnfitError(RequestError):
    """A value is not of the kind that it is to be compared as."""


def unfit(value: Value, wanted: str) -> NoReturn:
    """Says that a value cannot be read as ``wanted``."""
    raise UnfitError(f"{described(value)} cannot be compared as {wanted}")


def numbers(value: Value, wanted: str = "numbers") -> Array:
    """An array of numbers; truth values count as 0 and 1, a single number has no dimensions."""
    array = _array(value)
    if array is None or array.dtype.kind not in _NUMBERS:
        unfit(value, wanted)
    return array


def real_numbers(value: Value, wanted: str) -> Array:
    """An array of numbers in double precision, none of them complex."""
    array = numbers(value, wanted)
    if array.dtype.kind == "c":
        unfit(value, wanted)
    return array.astype(np.float64)


def integers(value: Value, wanted: str = "integers") -> Array:
    """An array of integers; truth values count as 0 and 1, what is larger than 64 bits is an object."""
    if isinstance(value, int) and not -_MOST <= value < _MOST:
        return np.array(value, dtype=object)
    array = _array(value)
    if array is None or array.dtype.kind not in _WHOLE:
        unfit(value, wanted)
    return array.astype(np.int8) if array.dtype.kind == "b" else array


def whole_numbers(value: Value) -> Array:
    """The same, of numbers of any type that are whole: programs differ in how they write them down."""
    array = _array(value)
    if isinstance(value, int) or array is None or array.dtype.kind != "f":
        return integers(value)
    is_whole = np.isfinite(array) & (np.abs(array) < _MOST) & (array == np.round(array))
    return array.astype(np.int64) if is_whole.all() else unfit(value, "integers")


def texts(value: Value, wanted: str = "text") -> list[str]:
    """Every text in it, in Unicode's composed form."""
    if isinstance(value, str):  # an array would drop NUL characters at its end
        return [normalize("NFC", value)]
    array = _array(value)
    if array is None or array.dtype.kind != "U":
        unfit(value, wanted)
    return [normalize("NFC", text) for text in array.ravel().tolist()]


def labels(value: Value, wanted: str = "labels") -> Array:
    """An array of texts or numbers that only have to be equal or not."""
    array = _array(value)
    if array is None or array.dtype.kind not in "biufU":
        unfit(value, wanted)
    if array.dtype.kind == "U":
        return np.array(texts(array), dtype=np.str_).reshape(array.shape)
    return array


def pixels(value: Value, wanted: str) -> Array:
    """The pixels of a picture, or an array of integers that is one."""
    return integers(value.pixels if isinstance(value, Picture) else value, wanted)


def rows(array: Array) -> Array:
    """A table of what has one dimension or more; a single row where it has one."""
    last = array.shape[-1] if array.ndim else 1
    return array.reshape(prod(array.shape[:-1]), last)


def _array(value: Value) -> Array | None:
    """An array of what is one, or a single value as an array without dimensions."""
    if value is None or isinstance(value, Picture):
        return None
    if isinstance(value, int) and not -_MOST <= value < _MOST:
        return np.asarray(float(value)) if abs(value) < 2**1000 else None
    array: Array = np.asarray(value)
    return array
