"""What the files of a wheel may be called: paths that lead nowhere but below, each to a place of its own."""

import posixpath
import stat
from collections.abc import Collection, Iterable
from typing import Final

from samestack.errors import InputError
from samestack.image.wheels.zip_directory import DEFLATED, ZipEntry

MOST_BYTES: Final = 32 << 30
"""Of all content of a wheel."""
_ALWAYS_ALLOWED: Final = 1 << 30
_MOST_RATIO: Final = 100
"""Content to wheel; real wheels stay below 20."""
_DEFLATE_RATIO: Final = 1032
"""No deflate stream yields more."""
_MOST_NAME: Final = 255
_MOST_PATH: Final = 2048


def files_of(entries: Iterable[ZipEntry], *, shown: str) -> dict[str, ZipEntry]:
    """The files among the entries of a wheel, by name; :class:`InputError` where one cannot be trusted."""
    files: dict[str, ZipEntry] = {}
    for entry in entries:
        why = _objection(entry)
        if why or entry.name in files:
            hint = "do not trust this wheel"
            raise InputError(shown, why or "it is there twice", place=repr(entry.name)[1:-1], hint=hint)
        if not entry.name.endswith("/"):
            files[entry.name] = entry
    _check_parents(files, shown)
    _check_sizes(files.values(), shown)
    return files


def _objection(entry: ZipEntry) -> str:
    name = entry.name.removesuffix("/")
    if not _leads_below(name):
        return "it leads out of the wheel"
    if not name.isprintable() or "\\" in name or len(name) > _MOST_PATH:
        return "no file is called so"
    if "/.wh." in f"/{name}" or _has_long_part(name):
        return "no file of an image may be called so"
    kinds = (0, stat.S_IFDIR) if entry.name.endswith("/") else (0, stat.S_IFREG)
    if stat.S_IFMT(entry.mode) not in kinds:
        return "it is a link or something else that is no file"
    if entry.name.endswith("/") and entry.size:
        return "it is a directory with content"
    most = entry.packed * _DEFLATE_RATIO if entry.method == DEFLATED else entry.packed
    return "it claims more content than it can have" if entry.size > most else ""


def _has_long_part(name: str) -> bool:
    written = name.encode()
    return len(written) > _MOST_NAME and any(len(part) > _MOST_NAME for part in written.split(b"/"))


def _leads_below(name: str) -> bool:
    first = name.partition("/")[0]
    return name == posixpath.normpath(name) and first not in ("", ".", "..")


def _check_parents(files: dict[str, ZipEntry], shown: str) -> None:
    for name in files:
        parent = posixpath.dirname(name)
        while parent:
            if parent in files:
                raise InputError(shown, "it is a file and a directory", place=parent)
            parent = posixpath.dirname(parent)


def _check_sizes(files: Collection[ZipEntry], shown: str) -> None:
    packed, size = sum(one.packed for one in files), sum(one.size for one in files)
    if size > min(MOST_BYTES, max(_ALWAYS_ALLOWED, packed * _MOST_RATIO)):
        raise InputError(shown, f"it would become {size:,} bytes", hint="no real wheel is compressed so")
