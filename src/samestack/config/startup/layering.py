"""Layers laid over each other, as by the tool: maps merge, all else replaces, null is a value."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable

    from samestack.config.startup.entry import Entry


def layered(entries: Iterable[Entry]) -> dict[str, Entry]:
    """For each name the highest entry, maps merged with those below; in a layer, the first goes before."""
    by_name: dict[str, list[Entry]] = {}
    for entry in sorted(entries, key=lambda entry: entry.rank):
        by_name.setdefault(entry.name, []).append(entry)
    return {name: _one(found) for name, found in sorted(by_name.items())}


def _one(found: list[Entry]) -> Entry:
    highest, value = found[0], found[0].value
    for entry in found[1:]:
        if not isinstance(value, Mapping) or not isinstance(entry.value, Mapping):
            break
        value = _merged(entry.value, value)
    return highest._replace(value=value)


def _merged(below: Mapping[str, Any], above: Mapping[str, Any]) -> dict[str, Any]:
    return {**below, **{key: _over(below.get(key), value) for key, value in above.items()}}


def _over(below: object, above: object) -> object:
    if isinstance(below, Mapping) and isinstance(above, Mapping):
        return _merged(below, above)
    return above
