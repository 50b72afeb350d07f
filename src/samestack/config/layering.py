"""Layers laid over each other: maps merge, everything else replaces; null is a value, not its absence."""

from collections.abc import Iterable, Mapping
from typing import Any

from samestack.config.entry import Entry, Value


def layered(entries: Iterable[Entry]) -> tuple[Value, ...]:
    """One value for each name, in the order of the names.

    Entries of one rank stand in the order in which their sources are listed: the first one is the highest.
    """
    by_name: dict[str, list[Entry]] = {}
    for entry in sorted(entries, key=lambda entry: entry.origin.rank):
        by_name.setdefault(entry.name, []).append(entry)
    return tuple(_value(found) for _, found in sorted(by_name.items()))


def _value(found: list[Entry]) -> Value:
    highest, *below = found
    value = highest.value
    for entry in below:
        if not isinstance(value, Mapping) or not isinstance(entry.value, Mapping):
            break
        value = merged(entry.value, value)
    return Value(name=highest.name, value=value, origin=highest.origin, shadowed=tuple(below))


def merged(below: Mapping[str, Any], above: Mapping[str, Any]) -> Mapping[str, Any]:
    """Two maps as one: inner maps merge, too; everything else is what ``above`` says, if it does."""
    return {**below, **{key: _over(below.get(key), value) for key, value in above.items()}}


def _over(below: object, above: object) -> object:
    if isinstance(below, Mapping) and isinstance(above, Mapping):
        return merged(below, above)
    return above
