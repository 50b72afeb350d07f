"""Which compiled files a distribution consists of: what RECORD lists or, without one, what it imports as."""

import binascii
import posixpath
import re
from collections.abc import Iterator
from typing import Final

from msgspec import Struct

from samestack.capture.probes.python.distribution import Distribution
from samestack.capture.tree import Tree
from samestack.errors import InputError

MAX_WALKED: Final = 20_000
"""How many directory entries are looked at for a distribution without RECORD. Debian's scipy has 3,000."""

_MAX_DEPTH = 16
_SUFFIX = r"\.so(?:\.\d\w*)*"
_ROW = re.compile(
    rf"(?:\"(?P<quoted>(?:[^\"]|\"\")+{_SUFFIX})\"|(?P<plain>[^\",]+{_SUFFIX})),"
    r"(?:sha256=(?P<digest>[A-Za-z0-9_-]{43})=?,)?"
)
_NAMEABLE = re.compile(
    r"(?!.*://)[^\x00-\x1f\x7f-\x9f\ud800-\udfff]{1,4096}"
)  # others cannot be opened, kept or shown; an address could hold a password
_COMPILED_NAME = re.compile(rf".*{_SUFFIX}", re.DOTALL)
_INTERPRETER_DIRECTORY = re.compile(r"python\d[\d.]*t?")


class CompiledFile(Struct, frozen=True):
    """A shared library or extension module, by its name: what it is has to be read."""

    path: str
    """Inside the tree."""
    digest: str | None = None
    """``sha256:`` as RECORD states it."""

    @property
    def name(self) -> str:
        """The last part of the path."""
        return posixpath.basename(self.path)


def compiled_files(tree: Tree, distribution: Distribution) -> tuple[CompiledFile, ...]:
    """The compiled files of a distribution, sorted by path."""
    found = recorded_files(distribution) if distribution.record else tuple(_walked(tree, distribution))
    return tuple(sorted(set(found), key=lambda file: (file.path, file.digest or "")))


def recorded_files(distribution: Distribution) -> tuple[CompiledFile, ...]:
    """The compiled files that RECORD lists, in its order, without a look at any file.

    What lies outside the environment that the distribution is installed in is left out: nothing but the
    interpreter's own prefix can be meant.
    """
    if ".so" not in distribution.record:
        return ()
    prefix = _prefix(distribution.site_directory)
    return tuple(file for file in _rows(distribution) if file.path.startswith(prefix))


def _rows(distribution: Distribution) -> Iterator[CompiledFile]:
    for row in _lines_with(".so", distribution.record):
        match = _ROW.match(row)
        if match is None:
            continue
        path = match["quoted"].replace('""', '"') if match["quoted"] else match["plain"]
        if not _NAMEABLE.fullmatch(path):
            continue
        yield CompiledFile(
            posixpath.normpath(posixpath.join(distribution.site_directory, path)),
            f"sha256:{binascii.a2b_base64(_standard(match['digest'])).hex()}" if match["digest"] else None,
        )


def _lines_with(word: str, text: str) -> Iterator[str]:
    """The lines that hold a word: many times faster than a look at every line, which few of them do."""
    found = text.find(word)
    while found >= 0:
        end = text.find("\n", found)
        end = len(text) if end < 0 else end
        yield text[text.rfind("\n", 0, found) + 1 : end]
        found = text.find(word, end)


def _standard(digest: str) -> str:
    return digest.replace("-", "+").replace("_", "/") + "="


def _prefix(site_directory: str) -> str:
    """``PREFIX/`` of a ``PREFIX/lib/pythonX.Y/site-packages``; of any other directory, itself."""
    interpreter = posixpath.dirname(site_directory.rstrip("/"))
    if not _INTERPRETER_DIRECTORY.fullmatch(posixpath.basename(interpreter)):
        return site_directory.rstrip("/") + "/"
    return posixpath.dirname(posixpath.dirname(interpreter)).rstrip("/") + "/"


def _walked(tree: Tree, distribution: Distribution) -> Iterator[CompiledFile]:
    """The modules and packages that ``top_level.txt`` names; links to directories are not followed."""
    names = _top_level_names(tree, distribution)
    found = [one for one in tree.entries(distribution.site_directory) if one.name.partition(".")[0] in names]
    pending = [(entry, 0) for entry in found]
    walked = 0
    while pending and walked < MAX_WALKED:
        walked += 1
        entry, depth = pending.pop()
        if not _NAMEABLE.fullmatch(entry.name):
            continue
        if entry.is_file and _COMPILED_NAME.fullmatch(entry.name):
            yield CompiledFile(entry.path)
        elif entry.is_directory and not entry.is_link and depth < _MAX_DEPTH:
            pending.extend((below, depth + 1) for below in tree.entries(entry.path))


def _top_level_names(tree: Tree, distribution: Distribution) -> frozenset[str]:
    try:
        text = tree.read(f"{distribution.metadata_directory}/top_level.txt", limit=64 * 1024)
    except (OSError, InputError):
        return frozenset()
    return frozenset(text.decode("utf-8", "replace").split())
