"""An answer becomes fields: a tree of mappings and lists, each leaf under the path that leads to it.

What belongs together stays together: a list of numbers is one array, and a list of mappings has a field a
column (``detections.box``, of n boxes), so that a hundred rows are no hundred fields.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from samestack.behaviour.recording.recording import Answer, Array, Picture, Value, is_array
from samestack.errors import OutsideError
from samestack.libraries import library

WHOLE: Final = "output"
"""The path of an answer that is no mapping: a number, a list or a text by itself."""

MAX_FIELDS: Final = 100_000
MAX_DEPTH: Final = 100
_MAX_DIMENSIONS: Final = 32
"""Of an array, in every release of NumPy."""
_MAX_TEXT_BYTES: Final = 64 * 1024 * 1024
_PLAIN: Final = re.compile(r"[^.\[\]\"\s][^.\[\]\"]*")
_BYTES_A_CHARACTER: Final = 4
"""In an array, where every text has the room of the longest."""

_SMALLEST, _LARGEST = -(2**63), 2**63 - 1


def fields_of(tree: Any, path: str = "") -> Answer:  # noqa: ANN401 - whatever a program answers
    """The fields of a tree of mappings, lists, arrays and scalars.

    :class:`OutsideError` where it nests too deeply or has too many fields.
    """
    fields: dict[str, Value] = {}
    for name, value in _leaves(tree, path, 0):
        fields[name] = value
        if len(fields) > MAX_FIELDS:
            raise OutsideError(f"an answer has more than {MAX_FIELDS} fields")
    return fields


def below(path: str, key: str) -> str:
    """The path of what a mapping has under a key."""
    if _PLAIN.fullmatch(key):
        return f"{path}.{key}" if path else key
    quoted = key.replace("\\", "\\\\").replace('"', '\\"')
    return f'{path}["{quoted}"]'


def encodable(text: str) -> str:
    """The text, its lone surrogates replaced: they are no characters, and no file can hold them."""
    return text.encode("utf-8", "surrogatepass").decode("utf-8", "replace")


def _leaves(tree: Any, path: str, depth: int) -> Iterator[tuple[str, Value]]:  # noqa: ANN401
    if depth > MAX_DEPTH:
        raise OutsideError(f"an answer is nested deeper than {MAX_DEPTH} levels")
    if isinstance(tree, Mapping):
        for key, value in tree.items():
            yield from _leaves(value, below(path, str(key)), depth + 1)
    elif isinstance(tree, list | tuple):
        yield from _of_list(tree, path, depth)
    else:
        yield path or WHOLE, _scalar(tree)


def _scalar(value: Any) -> Value:  # noqa: ANN401
    if isinstance(value, str):
        return encodable(value)
    if value is None or isinstance(value, bool | int | float | Picture) or is_array(value):
        return value
    raise TypeError(f"an answer holds a {type(value).__name__}")


def _of_list(items: Sequence[Any], path: str, depth: int) -> Iterator[tuple[str, Value]]:
    if items and all(isinstance(item, Mapping) for item in items):
        for key in dict.fromkeys(key for item in items for key in item):
            column = [item.get(key) for item in items]
            yield from _leaves(column, below(path, str(key)), depth + 1)
        return
    array = array_of(items)
    if array is not None:
        yield path or WHOLE, array
        return
    for index, item in enumerate(items):
        yield from _leaves(item, f"{path or WHOLE}[{index}]", depth + 1)


def array_of(items: Sequence[Any]) -> Array | None:
    """Nested lists as an array, where they are even and hold numbers, truth values or texts; else ``None``.

    A missing number (``null``) is NaN, as programs write it that have no other word for it.
    """
    shape = _shape(items)
    if shape is None:
        return None
    flat = list(_flat(items, len(shape)))
    kinds = {type(item) for item in flat}
    if kinds <= {int, float, type(None)} and kinds != {type(None)}:
        return _numbers(flat, kinds, shape)
    if kinds == {bool}:
        return _shaped(flat, bool, shape)
    if kinds == {str}:
        return _texts([encodable(item) for item in flat], shape)
    return None


def _numbers(flat: Sequence[Any], kinds: set[type], shape: tuple[int, ...]) -> Array | None:
    numpy = library("numpy", "keeping lists")
    if kinds == {int}:
        fits = not flat or (min(flat) >= _SMALLEST and max(flat) <= _LARGEST)
        return _shaped(flat, numpy.int64, shape) if fits else None
    try:
        numbers = [float("nan") if item is None else float(item) for item in flat]
    except OverflowError:
        return None
    return _shaped(numbers, numpy.float64, shape)


def _texts(flat: Sequence[str], shape: tuple[int, ...]) -> Array | None:
    if max(map(len, flat)) * len(flat) * _BYTES_A_CHARACTER > _MAX_TEXT_BYTES:
        return None
    return _shaped(flat, str, shape)


def _shaped(flat: Sequence[Any], kind: Any, shape: tuple[int, ...]) -> Array:  # noqa: ANN401 - a type of numpy's
    array: Array = library("numpy", "keeping lists").array(flat, dtype=kind).reshape(shape)
    return array


def _shape(items: Any, depth: int = 0) -> tuple[int, ...] | None:  # noqa: ANN401
    """The lengths of even lists, the outermost first; ``None`` for uneven ones and too many of them."""
    if not isinstance(items, list | tuple):
        return ()
    if depth == _MAX_DIMENSIONS:
        return None
    if not items:
        return (0,)
    shapes = {_shape(item, depth + 1) for item in items}
    inner = shapes.pop()
    return None if shapes or inner is None else (len(items), *inner)


def _flat(items: Any, depth: int) -> Iterator[Any]:  # noqa: ANN401
    if depth == 0:
        yield items
        return
    for item in items:
        yield from _flat(item, depth - 1)
