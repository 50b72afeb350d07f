"""Values as a type has them: texts converted, and nothing that would lose anything."""

from __future__ import annotations

import collections
import typing
from collections.abc import Mapping
from typing import Any, Literal

from samestack.config.startup.annotations import is_list, is_map, members
from samestack.config.startup.classes.simple_types import UnfitError, chosen, maker_of


def is_convertible(annotation: Any) -> bool:  # noqa: ANN401 - annotations are anything
    """Whether values of this type can be made of texts and of what JSON can say."""
    for one in members(annotation):
        if is_list(one) or is_map(one):
            inner = [inner for inner in typing.get_args(one) if inner is not Ellipsis]
            if not all(map(is_convertible, inner)):
                return False
        elif not (one in _ANYTHING or typing.get_origin(one) is Literal or maker_of(one)):
            return False
    return True


def converted(annotation: Any, value: Any) -> Any:  # noqa: ANN401
    """The value of the type that this one stands for; ``UnfitError`` where it stands for none.

    Of the members of a union, one that the value is of already goes first; for a text, which every member may
    be meant by, that one goes last.
    """
    possible = members(annotation)
    if len(possible) == 1:
        return _converted(possible[0], value)
    is_text = isinstance(value, str)
    for one in sorted(possible, key=lambda one: (one is type(value)) == is_text):
        fits, found = _tried(one, value)
        if fits:
            return found
    raise UnfitError("union")


def _tried(one: Any, value: Any) -> tuple[bool, Any]:  # noqa: ANN401
    try:
        return True, _converted(one, value)
    except UnfitError:
        return False, None


def _converted(one: Any, value: Any) -> Any:  # noqa: ANN401
    if one in _ANYTHING:
        return value
    if typing.get_origin(one) is Literal:
        return chosen(typing.get_args(one), value)
    if is_map(one):
        return _map(one, value)
    if is_list(one):
        return _list(one, value)
    make = maker_of(one)
    if make is None:
        raise UnfitError("type")
    return make(one, value)


def _map(one: Any, value: Any) -> dict[Any, Any]:  # noqa: ANN401
    if not isinstance(value, Mapping):
        raise UnfitError("map")
    inner = typing.get_args(one) or (Any, Any)
    return {_inside(inner[0], key, None): _inside(inner[-1], item, None) for key, item in value.items()}


def _list(one: Any, value: Any) -> Any:  # noqa: ANN401
    if not isinstance(value, (list, tuple)):
        raise UnfitError("list")
    make = typing.get_origin(one) or one
    inner = typing.get_args(one) or (Any,)
    if issubclass(make, tuple) and inner[-1] is not Ellipsis and typing.get_args(one):
        if len(inner) != len(value):
            raise UnfitError("list")
        return tuple(_inside(kind, item, index) for index, (kind, item) in enumerate(zip(inner, value)))
    items = [_inside(inner[0], item, index) for index, item in enumerate(value)]
    return _collected(make, items) if make in (tuple, set, frozenset, collections.deque) else items


def _collected(make: Any, items: list[Any]) -> Any:  # noqa: ANN401
    try:
        return make(items)
    except TypeError:
        pass  # what is raised in here would keep the items as its context
    raise UnfitError("list")  # a set of maps


def _inside(annotation: Any, value: Any, index: int | None) -> Any:  # noqa: ANN401
    try:
        return converted(annotation, value)
    except UnfitError as error:
        raise UnfitError(error.kind, error.path if index is None else (index, *error.path)) from None


_ANYTHING = (Any, object)
