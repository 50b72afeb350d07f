"""Texts of lists and maps as what they are: JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from samestack.config.startup.bounds import is_bounded
from samestack.config.startup.error import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from samestack.config.startup.entry import Entry
    from samestack.config.startup.variable import Shape, Variable


def typed_entry(entry: Entry, variable: Variable) -> Entry:
    """The entry with what its text says; itself where its value is no text, or its text no JSON."""
    if variable.is_document and isinstance(entry.value, str):
        is_json, value = _parsed(entry.value)
        entry = entry._replace(value=value) if is_json else entry
    return _exact(entry, variable) if variable.is_strict else entry


def _exact(entry: Entry, variable: Variable) -> Entry:
    """The entry with a value of the very type, for classes that convert nothing themselves."""
    from samestack.config.startup.classes.converting import converted, is_convertible
    from samestack.config.startup.classes.simple_types import UnfitError

    if not is_convertible(variable.annotation):
        return entry
    try:
        return entry._replace(value=converted(variable.annotation, entry.value))
    except UnfitError:
        return entry  # the class says what is wrong with it


def no_documents(shape: Shape, values: Mapping[str, Entry]) -> Iterator[Problem]:
    """The values that have to be JSON and are not."""
    for variable in shape.variables:
        entry = values.get(variable.name)
        if entry is None or not isinstance(entry.value, str):
            continue
        if variable.is_document and not variable.may_be_text:
            message = f"wants {variable.wanted}, written as JSON"
            yield Problem(variable.name, message, kind="json", source=entry.source, place=entry.place)


def _parsed(text: str) -> tuple[bool, Any]:
    import json

    try:
        value = json.loads(text, parse_constant=_no_constant)
    except (ValueError, RecursionError):
        return False, None
    return is_bounded(value), value


def _no_constant(_: str) -> object:
    raise ValueError  # NaN and the infinities are not JSON
