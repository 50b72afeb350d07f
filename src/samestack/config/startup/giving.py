"""What a class is given: values in their places, nested as the class is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from samestack.config.startup.entry import Entry
    from samestack.config.startup.variable import Group, Shape

_NOTHING = object()


def given(shape: Shape, values: Mapping[str, Entry]) -> dict[str, Any]:
    """The document of these values.

    A class inside the class that has to be there is, so that its values are missed one by one. Where some
    values of one are said and it has a default, the others are those of the default, the lowest layer.
    """
    document: dict[str, Any] = {}
    for variable in shape.variables:
        if variable.name in values:
            _place(document, variable.path, values[variable.name].value)
    for group in shape.groups:
        if _is_there(document, group.path):
            _fill(document, group, shape, values)
        elif group.is_required and _is_there(document, group.outer):
            _place(document, group.path, {})
    return document


def _fill(document: dict[str, Any], group: Group, shape: Shape, values: Mapping[str, Entry]) -> None:
    if group.default is None:
        return
    depth = len(group.attributes)
    for variable in shape.variables:
        if variable.attributes[:depth] == group.attributes and variable.name not in values:
            default = _attribute(group.default, variable.attributes[depth:])
            if default is not _NOTHING:
                _place(document, variable.path, default)


def _attribute(settings: object, attributes: Sequence[str]) -> object:
    for attribute in attributes:
        settings = getattr(settings, attribute, _NOTHING)
    return settings


def _place(document: dict[str, Any], path: Sequence[str], value: object) -> None:
    for key in path[:-1]:
        document = document.setdefault(key, {})
    document[path[-1]] = value


def _is_there(document: object, path: Sequence[str]) -> bool:
    for key in path:
        if not isinstance(document, dict) or key not in document:
            return False
        document = document[key]
    return True
