"""Values in words, for sentences about them."""

from typing import Any, Final

from samestack.behaviour.recording.recording import Picture, Value, is_array

_LONGEST: Final = 60


def type_of(value: Value) -> str:
    """What a value is made of: ``float32``, ``int``, ``str``; a picture is its pixels."""
    array = value.pixels if isinstance(value, Picture) else value
    dtype = getattr(array, "dtype", None)
    if dtype is None:
        return "null" if value is None else type(value).__name__
    return "str" if dtype.kind == "U" else str(dtype.name)


def described(value: Value) -> str:
    """A value as a reader wants to see it: whole where it is short, else its beginning or its shape."""
    if isinstance(value, Picture):
        return f"a picture of {shape_of(value.pixels)}"
    if is_array(value):
        return f"{type_of(value)} of {shape_of(value)}" if value.shape else scalar(value[()])
    return "nothing" if value is None else scalar(value)


def is_empty(value: Value) -> bool:
    """Whether there is nothing in it that has a type."""
    return value is None or getattr(value, "size", 1) == 0


def scalar(value: Any) -> str:  # noqa: ANN401 - numpy's scalars are no common type
    """One number, truth value or text; numbers as short as they can be told apart."""
    is_float = hasattr(value, "dtype") and value.dtype.kind in "fc"
    text = str(value) if is_float else repr(value.item() if hasattr(value, "item") else value)
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 3]}..."


def shape_of(array: Any) -> str:  # noqa: ANN401 - whatever has a shape
    """Rows x columns."""
    return " x ".join(map(str, array.shape)) or "one value"


def figure(number: float) -> str:
    """A number of which the magnitude counts."""
    return f"{number:.3g}"


def place(index: Any) -> str:  # noqa: ANN401 - the parts of an index, of whatever integer type
    """Where something stands in an array; nothing where there is but one value."""
    parts = [str(int(part)) for part in index]
    return f" at [{', '.join(parts)}]" if parts else ""


def counted(number: int, of: int, noun: str) -> str:
    """So many of so many; the noun stands in the plural."""
    return f"{number} of {of} {noun}"
