"""Arrays as bytes and back: NumPy's own format, and never a pickle."""

import io
from typing import Any, Final

from samestack.behaviour.recording.recording import Array
from samestack.libraries import library
from samestack.sha256 import sha256_hex

_PLAIN: Final = "biufcU"
_TIMES: Final = "mM"
_MAX_HEADER: Final = 64 * 1024


def plain_array(array: Array, purpose: str) -> Array:
    """The array in a form that every machine reads alike: little-endian, contiguous, of a plain kind.

    Times become texts, since their units belong to the answer. ``ValueError`` for objects and records.
    """
    numpy = library("numpy", purpose)
    kind = array.dtype.kind
    if kind in _TIMES or kind == "S":
        array = array.astype(str)
    elif kind not in _PLAIN:
        raise ValueError(f"an array of the type {array.dtype} is not kept")
    if array.dtype.kind == "f" and array.dtype.itemsize > 8:
        array = array.astype(numpy.float64)
    if array.dtype.kind == "c" and array.dtype.itemsize > 16:
        array = array.astype(numpy.complex128)
    plain: Array = numpy.require(array, dtype=array.dtype.newbyteorder("<"), requirements="C")
    return plain


def array_key(array: Array) -> str:
    """64 hexadecimal digits that tell an array from every other: its type, shape and contents."""
    head = f"{array.dtype.str} {array.shape}\n".encode()
    return sha256_hex(head, array.tobytes())


def array_bytes(array: Array) -> bytes:
    """A plain array as the bytes of a ``.npy`` file."""
    numpy = library("numpy", "keeping arrays")
    file = io.BytesIO()
    numpy.lib.format.write_array(file, array, allow_pickle=False)
    return file.getvalue()


def array_from(data: bytes) -> Array:
    """The array in the bytes of a ``.npy`` file, of whatever origin.

    ``ValueError`` for what is no such file, for pickled objects, and for one that is not as long as it says:
    room is not made before that is known.
    """
    numpy = library("numpy", "reading arrays")
    file = io.BytesIO(data)
    shape, is_fortran, dtype = _header(numpy, file)
    if dtype.hasobject:
        raise ValueError("it holds pickled objects, which are never read")
    size = dtype.itemsize
    for length in shape:
        if length < 0:
            raise ValueError("a length is negative")
        size *= length
    if size != len(data) - file.tell():
        raise ValueError("it does not have the length that its header says")
    array: Array = numpy.ndarray(shape, dtype, data, file.tell(), order="F" if is_fortran else "C")
    return array


def _header(numpy: Any, file: io.BytesIO) -> Any:  # noqa: ANN401 - shape, whether it is Fortran's order, type
    version, form = numpy.lib.format.read_magic(file), numpy.lib.format
    if version == (1, 0):
        return form.read_array_header_1_0(file, max_header_size=_MAX_HEADER)
    if version == (2, 0):
        return form.read_array_header_2_0(file, max_header_size=_MAX_HEADER)
    raise ValueError(f"version {version[0]}.{version[1]} of the format is not known")
