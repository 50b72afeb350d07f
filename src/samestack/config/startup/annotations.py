"""Types as classes declare them: optional ones, unions, those that a text can only be JSON of."""

from __future__ import annotations

import collections
import collections.abc
import sys
import typing
from typing import Annotated, Any, Union

_UNIONS: tuple[object, ...] = (Union,)
if sys.version_info >= (3, 10):
    import types

    _UNIONS = (Union, types.UnionType)
_LISTS = (list, tuple, set, frozenset, collections.deque)
_ABSTRACT_LISTS = tuple(
    getattr(collections.abc, name)
    for name in ("Iterable", "Collection", "Sequence", "MutableSequence", "Set", "MutableSet")
)
"""By themselves alone: networks and models can be iterated over, too."""
_MAPS = (dict, collections.abc.Mapping)


def unwrapped(annotation: Any) -> tuple[Any, tuple[Any, ...]]:  # noqa: ANN401 - annotations are anything
    """The type below ``Annotated`` and ``NewType``, and what was said with it."""
    said: tuple[Any, ...] = ()
    while True:
        if typing.get_origin(annotation) is Annotated:
            said = (*annotation.__metadata__, *said)
            annotation = annotation.__origin__
        elif hasattr(annotation, "__supertype__"):
            annotation = annotation.__supertype__
        elif type(annotation).__name__ == "TypeAliasType":
            annotation = annotation.__value__
        else:
            return annotation, said


def members(annotation: Any) -> tuple[Any, ...]:  # noqa: ANN401
    """The members of a union, each unwrapped; the type alone where it is none."""
    plain, _ = unwrapped(annotation)
    if typing.get_origin(plain) not in _UNIONS:
        return (plain,)
    return tuple(inner for one in typing.get_args(plain) for inner in members(one))


def without_none(annotation: Any) -> tuple[Any, ...]:  # noqa: ANN401
    """The members that are not ``None``."""
    return tuple(one for one in members(annotation) if one is not type(None))


def is_map(annotation: Any) -> bool:  # noqa: ANN401
    """Whether a value is a map, in one of the ways that it can be."""
    return any(_is_one_of(one, _MAPS) for one in without_none(annotation))


def is_list(annotation: Any) -> bool:  # noqa: ANN401
    """Whether a type is one of the lists."""
    plain = typing.get_origin(annotation) or annotation
    return plain in _ABSTRACT_LISTS or _is_one_of(annotation, _LISTS)


def is_document(annotation: Any) -> bool:  # noqa: ANN401
    """Whether a text of it is JSON, in one of the ways that it can be."""
    return any(_is_document(one) for one in without_none(annotation))


def is_always_document(annotation: Any) -> bool:  # noqa: ANN401
    """Whether a text that is no JSON is none of its values."""
    inner = without_none(annotation)
    return bool(inner) and all(_is_document(one) for one in inner)


def _is_document(one: Any) -> bool:  # noqa: ANN401
    return is_map(one) or is_list(one) or is_class_of_fields(one)


def is_class_of_fields(one: Any) -> bool:  # noqa: ANN401
    """Whether it is a class with fields of its own: a dataclass, a pydantic model, a ``TypedDict``."""
    if not isinstance(one, type):
        return False
    marks = ("__dataclass_fields__", "__pydantic_fields__", "model_fields", "__total__")
    if any(hasattr(one, mark) for mark in marks):
        return not getattr(one, "__pydantic_root_model__", False)
    return hasattr(one, "__fields__") and hasattr(one, "__get_validators__")


def group_class(annotation: Any) -> Any:  # noqa: ANN401
    """The one class with fields that a value is of, optional or not; ``None`` where there is no such."""
    inner = without_none(annotation)
    found = inner[0] if len(inner) == 1 else None
    if found is None or not is_class_of_fields(found) or hasattr(found, "__total__"):
        return None
    return found


def _is_one_of(annotation: Any, kinds: tuple[Any, ...]) -> bool:  # noqa: ANN401
    plain = typing.get_origin(annotation) or annotation
    return isinstance(plain, type) and issubclass(plain, kinds)
