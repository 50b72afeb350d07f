"""``/etc/ld.so.cache``, as ldconfig writes it: which file is meant by the name of a library.

The loader would find most libraries without it, in the directories that are built in. But ``ldconfig -p``,
which Python's ``ctypes.util.find_library`` asks, knows only what is in there, and so do the directories that
packages name in ``/etc/ld.so.conf.d``. The format: glibc, ``sysdeps/generic/dl-cache.h``.
"""

import fnmatch
import posixpath
import re
import struct
from collections.abc import Iterable, Iterator, Mapping
from typing import Final, NamedTuple

from samestack.capture.elf import Elf, is_elf
from samestack.errors import InputError
from samestack.image.debian.placing import real_path
from samestack.image.debian.settled.root import Root
from samestack.image.layers.entry import EntryKind, LayerEntry

_MAGIC: Final = b"glibc-ld.so.cache1.1"
_HEADER: Final = struct.Struct("<20sIIB3xI12x")
_ENTRY: Final = struct.Struct("<iIIIQ")
_LITTLE_ENDIAN: Final = 2
_FLAGS: Final = {"amd64": 0x0303, "arm64": 0x0A03}
"""What a library is for: glibc, and the architecture (``FLAG_*`` there)."""
_BUILT_IN: Final = ("/lib", "/usr/lib")
_LIBRARY: Final = re.compile(r"(?:lib.*|ld-.*)\.so(?:\..*)?")
_MOST_LINKS: Final = 40


class CachedLibrary(NamedTuple):
    """A name that programs ask for, and the file that they get."""

    name: str
    path: str


def loader_cache(root: Root, architecture: str) -> bytes | None:
    """The cache of all libraries of a root; nothing for an architecture that this does not know."""
    flags = _FLAGS.get(architecture)
    return None if flags is None else _written(_libraries(root), flags)


def _libraries(root: Root) -> Iterator[CachedLibrary]:
    """What each directory holds; the same place by another name is passed over, as ldconfig does."""
    seen: set[str] = set()
    for directory in (*_configured(root, "etc/ld.so.conf", set()), *_BUILT_IN):
        place = real_path(directory.strip("/"))
        if place not in seen:
            seen.add(place)
            yield from _in(root, place, directory.rstrip("/"))


def _in(root: Root, place: str, directory: str) -> Iterator[CachedLibrary]:
    found: set[str] = set()
    for entry in root.below(place):
        folder, _, name = entry.path.rpartition("/")
        if folder == place and _LIBRARY.fullmatch(name) and (soname := _soname(root, entry.path)) is not None:
            found.add(soname)
            # A link for whoever links programs (libz.so beside libz.so.1): programs load by it, too.
            if entry.kind is EntryKind.SYMLINK and name.endswith(".so") and soname.startswith(name):
                found.add(name)
    there = (name for name in sorted(found) if root.has(f"{place}/{name}"))
    yield from (CachedLibrary(name, f"{directory}/{name}") for name in there)


def _soname(root: Root, path: str) -> str | None:
    """What a library calls itself, or how its file is called; nothing for what is no library."""
    file = _resolved(root.files, path)
    if file is None or file.content is None:
        return None
    with file.content.open() as content:
        try:
            if not is_elf(content):
                return None
            return Elf(content, path).dynamic.soname or posixpath.basename(path)
        except InputError:
            return None


def _resolved(files: Mapping[str, LayerEntry], path: str) -> LayerEntry | None:
    for _ in range(_MOST_LINKS):
        entry = files.get(path)
        if entry is None or entry.kind not in (EntryKind.SYMLINK, EntryKind.HARDLINK):
            return entry
        start = "/" if entry.kind is EntryKind.HARDLINK else f"/{posixpath.dirname(path)}"
        path = real_path(posixpath.normpath(posixpath.join(start, entry.target)).lstrip("/"))
    return None


def _configured(root: Root, path: str, read: set[str]) -> Iterator[str]:
    """The directories that a configuration names, and those of all that it includes."""
    if not root.has(path) or path in read:
        return
    read.add(path)
    for line in root.read(path).decode("utf-8", "replace").splitlines():
        word, _, rest = line.partition("#")[0].strip().partition(" ")
        if word == "include":
            pattern = posixpath.join("/", posixpath.dirname(path), rest.strip()).lstrip("/")
            for included in sorted(fnmatch.filter(root.files, pattern)):
                yield from _configured(root, included, read)
        elif word.startswith("/"):
            yield word


def _written(libraries: Iterable[CachedLibrary], flags: int) -> bytes:
    # The loader searches by halves: the order is that of its own comparison, backwards.
    ordered = sorted(set(libraries), key=lambda one: (_order(one.name), one.path), reverse=True)
    start = _HEADER.size + len(ordered) * _ENTRY.size
    texts, entries = bytearray(), bytearray()
    for library in ordered:
        name = start + len(texts)
        texts += library.name.encode() + b"\0"
        entries += _ENTRY.pack(flags, name, start + len(texts), 0, 0)
        texts += library.path.encode() + b"\0"
    return _HEADER.pack(_MAGIC, len(ordered), len(texts), _LITTLE_ENDIAN, 0) + entries + texts


def _order(name: str) -> tuple[tuple[int, int], ...]:
    """Numbers count as numbers, and stand behind letters (``_dl_cache_libcmp``)."""
    parts = re.findall(r"[0-9]+|[^0-9]", name)
    return tuple((1, int(part)) if part.isdecimal() else (0, ord(part)) for part in parts)
