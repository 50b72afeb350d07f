"""How exactly numbers were computed: the precision that decides how close they have to be."""

from collections.abc import Iterable
from typing import Final

import numpy as np

from samestack.behaviour.recording.recording import Array, Picture, Value

_BY_BYTES: Final = {2: "float16", 4: "float32", 8: "float64"}


def precision_of(values: Iterable[Value]) -> str:
    """The lowest precision among the numbers of a field.

    What a program prints is read in double precision. Where every number of a field is one of single
    precision, it was computed in that: of random doubles one in half a billion looks so.
    """
    arrays = [np.asarray(value) for value in values if value is not None and not isinstance(value, Picture)]
    found = [_of_array(array) for array in arrays if array.dtype.kind in "fc" and array.size]
    lowest = min(found, default="float64", key=list(_BY_BYTES.values()).index)
    if lowest == "float64" and found and all(map(_is_single, arrays)):
        return "float32"
    return lowest


def _of_array(array: Array) -> str:
    size = array.dtype.itemsize // (2 if array.dtype.kind == "c" else 1)
    return _BY_BYTES.get(size, "float64")


def _is_single(array: Array) -> bool:
    if array.dtype.kind not in "fc":
        return True
    parts = np.stack([array.real, array.imag]) if array.dtype.kind == "c" else array
    finite = parts[np.isfinite(parts)]
    with np.errstate(all="ignore"):
        return bool((finite.astype(np.float32) == finite).all())
