"""What a class does not take, as problems of variables: where each stands and what is wanted of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from samestack.config.startup.classes.stranger import CUSTOM, REFUSED
from samestack.config.startup.error import Problem

if TYPE_CHECKING:
    from collections.abc import Mapping

    from samestack.config.startup.entry import Entry
    from samestack.config.startup.variable import Failure, Shape, Variable

_MISSING = "missing"
_REFUSALS = frozenset({CUSTOM, "value_error", "type_error", "assertion_error"})
"""What libraries call the errors of validators that are not theirs."""


def problem_of(failure: Failure, shape: Shape, values: Mapping[str, Entry]) -> Problem:
    """The failure with its variable. Of its path, keys of maps are left out: they are values."""
    variable = _at(failure, shape)
    if variable is None:
        return Problem(_group(failure, shape), failure.message or _of_several(failure), kind=failure.kind)
    entry = values.get(variable.name)
    if entry is None:
        return Problem(variable.name, _of_absent(failure, variable), kind=failure.kind)
    message = failure.message or _of_value(failure, variable, entry)
    return Problem(variable.name, message, kind=failure.kind, source=entry.source, place=entry.place)


def _at(failure: Failure, shape: Shape) -> Variable | None:
    """The variable at the path, or above it."""
    return next((one for one in shape.variables if failure.path[: len(one.path)] == one.path), None)


def _group(failure: Failure, shape: Shape) -> str:
    inner = (one for one in reversed(shape.groups) if failure.path[: len(one.path)] == one.path)
    return next((one.name for one in inner), "")


def _of_several(failure: Failure) -> str:
    if failure.kind == _MISSING:
        return "is missing"
    return REFUSED if failure.kind in _REFUSALS else "does not fit together"


def _of_absent(failure: Failure, variable: Variable) -> str:
    if failure.kind in {_MISSING, "value_error.missing"}:
        return f"is missing; wants {variable.wanted}"
    return failure.message or f"its default {REFUSED}"


def _of_value(failure: Failure, variable: Variable, entry: Entry) -> str:
    if failure.kind in _REFUSALS:
        return f"{REFUSED}; wants {variable.wanted}"
    if entry.value is None:
        return f"wants {variable.wanted}, not null"
    return f"wants {variable.wanted}{_inside(failure.path[len(variable.path) :], variable)}"


def _inside(path: tuple[object, ...], variable: Variable) -> str:
    """Which item of a list, or which key of a class, it is: what no value can be."""
    for part in path:
        if isinstance(part, int):
            return f"; item {part + 1} is wrong"
        if part in variable.keys:
            return f"; its '{part}' is wrong"
    return ""
