"""A directory with a file for each variable: ``/run/secrets``, and secrets as Kubernetes mounts them."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from samestack.config.startup.entry import DIRECTORY, Entry, UnreadableError
from samestack.config.startup.names import BETWEEN, variable_name
from samestack.config.startup.sources.local_file import read_local, unreadable

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

_MAX_FILES = 1_000
_MAX_DEPTH = 8
_ATTEMPTS = 3
"""How often reading starts again because Kubernetes mounted a new version meanwhile."""


def secret_entries(directory: str, names: Collection[str]) -> list[Entry]:
    """The files that are variables among ``names``, as texts less one newline at their end."""
    source = f"directory:{directory}"
    for _ in range(_ATTEMPTS):
        version = _version(directory)
        try:
            entries = [_entry(*found, source) for found in _found(directory, source, names)]
        except UnreadableError:
            if _version(directory) == version:
                raise
            continue  # its file went away with the old version
        if _version(directory) == version:
            return entries
    raise UnreadableError(source, "it changed again and again while it was read")


def _entry(name: str, place: str, target: str, source: str) -> Entry:
    text = read_local(target, source, place)
    if text.endswith("\n"):
        text = text[:-2] if text.endswith("\r\n") else text[:-1]
    return Entry(name, text, DIRECTORY, source, place)


def _found(directory: str, source: str, names: Collection[str]) -> list[tuple[str, str, str]]:
    """Name, path below the directory, and the file that it is at the end of all links."""
    by_name: dict[str, tuple[str, str, str]] = {}
    for place, target in _Walk(directory, source, names).below(directory, ()):
        name = variable_name(place.split("/"))
        if name is None or name not in names:
            continue
        if name in by_name:
            message = f"a second file is the variable {name}, as {by_name[name][1]} is"
            raise UnreadableError(source, message, place)
        by_name[name] = (name, place, target)
    return [found for _, found in sorted(by_name.items())]


class _Walk:
    """The files of a directory that may be variables that are asked for, within the limits."""

    def __init__(self, root: str, source: str, names: Collection[str]) -> None:
        self._source = source
        self._names = names
        self._inside = self._resolved(root, "")
        self._seen = 0

    def below(self, directory: str, above: tuple[str, ...]) -> Iterator[tuple[str, str]]:
        for entry in self._listed(directory, "/".join(above)):
            parts = (*above, entry)
            if not self._may_be_asked_for(variable_name(parts)):
                continue
            place = "/".join(parts)
            target = self._resolved(os.path.join(directory, entry), place)
            if os.path.commonpath((self._inside, target)) != self._inside:
                raise UnreadableError(self._source, "a link that leads out of it", place)
            if not os.path.isdir(target):
                yield place, target
            elif len(parts) < _MAX_DEPTH:
                yield from self.below(target, parts)

    def _may_be_asked_for(self, name: str | None) -> bool:
        """Whether a file or directory of that name is, or holds, what is asked for."""
        if name is None:
            return False
        return any(known == name or known.startswith(name + BETWEEN) for known in self._names)

    def _listed(self, directory: str, place: str) -> list[str]:
        try:
            names = [name for name in os.listdir(directory) if not name.startswith(".")]
        except OSError as error:
            raise unreadable(error, self._source, place) from None
        self._seen += len(names)
        if self._seen > _MAX_FILES:
            raise UnreadableError(self._source, f"more than {_MAX_FILES:,} files")
        return sorted(names)

    def _resolved(self, path: str, place: str) -> str:
        target = os.path.realpath(path)
        try:
            os.stat(target)
        except OSError as error:  # a link to itself, too
            raise unreadable(error, self._source, place) from None
        return target


def _version(directory: str) -> str:
    """Where ``..data`` leads, which Kubernetes changes at once for all files; empty where there is none."""
    try:
        return os.readlink(os.path.join(directory, "..data"))
    except OSError:
        return ""
