"""Paths that two packages want: whichever were written last would win, and nobody would know."""

import posixpath
from collections.abc import Iterator, Mapping, Sequence

from msgspec import Struct

from samestack.errors import RequestError
from samestack.image.layers.arranging import are_same
from samestack.image.layers.entry import LayerEntry


class Conflict(Struct, frozen=True, order=True):
    """A path, and the packages that would put different things there."""

    path: str
    packages: tuple[str, ...]


def conflicts(placed: Mapping[str, Sequence[LayerEntry]]) -> tuple[Conflict, ...]:
    """The paths at which packages, by name, contradict each other; equal files are no conflict."""
    owners: dict[str, dict[str, LayerEntry]] = {}
    for package, entries in placed.items():
        for entry in entries:
            owners.setdefault(entry.path, {})[package] = entry
    return tuple(sorted([*_different(owners), *_files_as_directories(owners)]))


def refuse_conflicts(placed: Mapping[str, Sequence[LayerEntry]]) -> None:
    """:class:`RequestError` that names the first conflict."""
    for conflict in conflicts(placed):
        packages = " and ".join(conflict.packages)
        hint = "leave one of these packages out of the lock"
        raise RequestError(f"{packages} want different things at {conflict.path}", hint=hint)


def _different(owners: Mapping[str, Mapping[str, LayerEntry]]) -> Iterator[Conflict]:
    for path, entries in owners.items():
        first, *others = entries.values()
        if not all(are_same(first, other) for other in others):
            yield Conflict(path, tuple(sorted(entries)))


def _files_as_directories(owners: Mapping[str, Mapping[str, LayerEntry]]) -> Iterator[Conflict]:
    for path, entries in owners.items():
        for parent in _parents(path):
            if parent in owners:
                yield Conflict(parent, tuple(sorted({*owners[parent], *entries})))


def _parents(path: str) -> Iterator[str]:
    while path := posixpath.dirname(path):
        yield path
