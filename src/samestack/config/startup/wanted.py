"""What a value has to be, in words: said of the class alone, so that no word of it can be a value."""

from __future__ import annotations

import datetime as dt
import enum
import os
import typing
from typing import Any, Literal

from samestack.config.startup.annotations import (
    is_class_of_fields,
    is_list,
    is_map,
    members,
    unwrapped,
    without_none,
)

_BOUNDS = (
    ("ge", "at least {}"),
    ("gt", "more than {}"),
    ("le", "at most {}"),
    ("lt", "less than {}"),
    ("multiple_of", "a multiple of {}"),
    ("min_length", "of at least {} characters"),
    ("max_length", "of at most {} characters"),
    ("pattern", "that matches {}"),
    ("regex", "that matches {}"),
)
_TYPES: tuple[tuple[type, str], ...] = (
    (bool, "true or false"),
    (int, "an integer"),
    (float, "a number"),
    (str, "a text"),
    (bytes, "a text"),
    (os.PathLike, "a path"),
    (dt.datetime, "a date and time"),
    (dt.date, "a date"),
    (dt.time, "a time"),
    (dt.timedelta, "a duration"),
)
_BY_NAME = {"SecretStr": "a text", "SecretBytes": "a text", "Decimal": "a number", "UUID": "a UUID"}
_MOST_CHOICES = 12


def wanted(annotation: Any, said: tuple[Any, ...] = ()) -> str:  # noqa: ANN401 - annotations are anything
    """``an integer, at least 1, at most 64``; ``said`` has the bounds that stand beside the type."""
    _, inner = unwrapped(annotation)
    kinds = dict.fromkeys(_kind(one) for one in without_none(annotation))
    everything = (*inner, *said, *members(annotation))
    lists = any(is_list(one) or is_map(one) for one in members(annotation))
    bounds = dict.fromkeys(bound for one in everything for bound in _bounds(one, of_items=lists))
    return ", ".join((" or ".join(kinds) or "null", *bounds))


def _kind(one: Any) -> str:  # noqa: ANN401
    if typing.get_origin(one) is Literal:
        return _one_of(typing.get_args(one))
    if is_map(one) or is_list(one):
        return _with_inner("a map" if is_map(one) else "a list", one)
    return _class(one) if isinstance(one, type) else "a value"


def _with_inner(words: str, one: Any) -> str:  # noqa: ANN401
    inner = [inner for inner in typing.get_args(one) if inner is not Ellipsis]
    inner = inner[-1:] if is_map(one) else inner
    is_plain = len(inner) == 1 and inner[0] is not Any and not isinstance(inner[0], typing.TypeVar)
    each = "each value" if is_map(one) else "each item"
    return f"{words}, {each} {wanted(inner[0])}" if is_plain else words


def _class(one: type) -> str:
    if issubclass(one, enum.Enum):
        return _one_of([member.value for member in one])
    if is_class_of_fields(one):
        return "a map"
    if one.__name__.endswith(("Url", "Dsn")):
        return f"a URL ({one.__name__})"
    if one.__name__ in _BY_NAME:
        return _BY_NAME[one.__name__]
    return next((words for kind, words in _TYPES if issubclass(one, kind)), f"a value for {one.__name__}")


def _one_of(choices: typing.Sequence[Any]) -> str:
    shown = [str(choice) for choice in choices[:_MOST_CHOICES]]
    more = ", ..." if len(choices) > _MOST_CHOICES else ""
    return f"one of {', '.join(shown)}{more}"


def _bounds(said: Any, *, of_items: bool) -> list[str]:  # noqa: ANN401
    found = []
    for name, words in _BOUNDS:
        bound = getattr(said, name, None)
        pattern = getattr(bound, "pattern", bound)
        if isinstance(pattern, (int, float, str)) and not isinstance(pattern, bool):
            found.append(words.format(pattern).replace("characters", "items" if of_items else "characters"))
    return found
