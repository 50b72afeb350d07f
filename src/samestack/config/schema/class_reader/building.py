"""An object made of values, and what the class has against them: places and types, never words."""

from __future__ import annotations

from typing import Any

_MOST_FAILURES = 200


def failures_of(settings: Any, reader: Any, variables: list[Any], values: Any) -> list[dict[str, str]]:  # noqa: ANN401
    """For each error the variable, empty for the whole class, and the type, empty for the class's own."""
    paths = {name: variable.path for variable in variables for name in variable.names}
    document: dict[str, Any] = {}
    for name, value in values.items():
        if name in paths:
            _put(document, paths[name], value)
    try:
        reader.built(settings, document)
    except Exception as error:  # noqa: BLE001 - a validator may raise anything, with values in its words
        found = reader.errors_of(error)
        if found is None:
            return [{"variable": "", "type": "", "exception": type(error).__name__}]
        names = {variable.path: variable.names[0] for variable in variables}
        told = [{"variable": _variable(where, names), "type": kind, "exception": ""} for where, kind in found]
        return told[:_MOST_FAILURES]
    return []


def _put(document: dict[str, Any], path: tuple[str, ...], value: Any) -> None:  # noqa: ANN401
    for key in path[:-1]:
        document = document.setdefault(key, {})
    document[path[-1]] = value


def _variable(where: tuple[Any, ...], names: dict[tuple[str, ...], str]) -> str:
    """The variable that a place in the class is, or is in; what lies deeper may be a value's own key."""
    for length in range(len(where), 0, -1):
        if where[:length] in names:
            return names[where[:length]]
    return ""
