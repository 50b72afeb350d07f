"""Where the files of a package stand in the base, and which of them no image needs."""

import fnmatch
import re
from collections.abc import Mapping, Sequence
from typing import Final

from msgspec import structs

from samestack.errors import InputError
from samestack.image.layers.entry import EntryKind, LayerEntry

ALIASES: Final[Mapping[str, str]] = {
    **{name: f"usr/{name}" for name in ("bin", "lib", "lib32", "lib64", "libo32", "libx32", "sbin")},
    "var/lock": "run/lock",
    "var/run": "run",
}
"""What is a link to something else. Packages may still say ``/bin/sh``: dpkg's own lists keep their word."""

LEFT_OUT: Final = (
    "usr/share/doc/*",
    "usr/share/info/*",
    "usr/share/lintian/*",
    "usr/share/locale/*",
    "usr/share/man/*",
)
"""What is for people who sit in front of a machine: manuals, change logs, translated messages.

It is a fifth of a small base. dpkg is not told of it either, so that it misses none.
"""
KEPT: Final = ("usr/share/doc/*/copyright", "usr/share/doc/*/copyright.*", "usr/share/locale/locale.alias")
"""Licences ask to be passed on with what they are for."""

_LEFT_OUT: Final = re.compile("|".join(fnmatch.translate(one) for one in LEFT_OUT))
_DOCUMENTATION: Final = re.compile(r"usr/share/doc/[^/]+")
_KEPT: Final = re.compile("|".join(fnmatch.translate(one) for one in KEPT))


def placed(entries: Sequence[LayerEntry], *, where: str) -> tuple[LayerEntry, ...]:
    """The entries of a package as a base has them; :class:`InputError` where two are at one path."""
    found: dict[str, LayerEntry] = {}
    files = {entry.path: entry for entry in entries if entry.kind is EntryKind.FILE}
    for entry in filter(is_kept, entries):
        if entry.kind is EntryKind.SYMLINK and entry.path in ALIASES:
            continue  # the base has all of them
        moved = _moved(entry, files, where)
        other = found.setdefault(moved.path, moved)
        if other is not moved and not moved.kind is other.kind is EntryKind.DIRECTORY:
            raise InputError(where, f"it has two things at /{moved.path}")
    return tuple(found.values())


def is_kept(entry: LayerEntry) -> bool:
    """Whether an image gets this; a package's documentation stays as a directory or a link to another's."""
    if entry.kind is not EntryKind.FILE and _DOCUMENTATION.fullmatch(entry.path):
        return True
    return not _LEFT_OUT.fullmatch(entry.path) or _KEPT.fullmatch(entry.path) is not None


def real_path(path: str) -> str:
    """Where a path leads in a base: ``bin/sh`` is ``usr/bin/sh``."""
    for alias, place in ALIASES.items():
        if path == alias or path.startswith(f"{alias}/"):
            return place + path.removeprefix(alias)
    return path


def _moved(entry: LayerEntry, files: Mapping[str, LayerEntry], where: str) -> LayerEntry:
    if entry.kind is not EntryKind.HARDLINK:
        return structs.replace(entry, path=real_path(entry.path))
    file = files.get(entry.target)
    if file is None:
        raise InputError(where, f"/{entry.path} is another name of what is no file of it")
    if is_kept(file):
        return structs.replace(entry, path=real_path(entry.path), target=real_path(entry.target))
    return structs.replace(file, path=real_path(entry.path))
