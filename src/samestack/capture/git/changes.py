"""Which files of a checkout are not as git's index has them.

As git does, a file that still has the size and the time that the index states is not opened. What ``git add``
has put into the index already, and files that git does not keep, are not told.
"""

import hashlib
import os
import stat
from collections.abc import Iterator
from typing import Final

from samestack.capture.git.checkout import Checkout
from samestack.capture.git.index import IndexEntry, index_entries
from samestack.capture.probes.optional_file import read_optional
from samestack.capture.tree import MachineTree
from samestack.errors import InputError

MAX_FILES: Final = 50_000
"""How many files of one checkout are looked at."""

_MAX_INDEX_BYTES: Final = 64 * 1024 * 1024
_MAX_FILE_BYTES: Final = 64 * 1024 * 1024
_FILE: Final = 0o100000
_LINK: Final = 0o120000
_CONVERSIONS: Final = (b"filter=", b"ident", b"working-tree-encoding=")


def changed_files(tree: MachineTree, checkout: Checkout, below: str) -> tuple[str, ...] | None:
    """The paths, below the checkout's root, of changed and deleted files in the directory ``below``.

    ``None`` where git keeps nothing in that directory, or its index cannot be read.
    """
    content = read_optional(tree, f"{checkout.directory}/index", limit=_MAX_INDEX_BYTES).content or b""
    written = tree.status(f"{checkout.directory}/index")
    try:
        entries = [one for one in index_entries(content) if _is_below(checkout, one, below)][:MAX_FILES]
    except ValueError:
        return None
    if not entries or written is None:
        return None
    is_converted = _converts(tree, checkout)
    changed = _changed(tree, checkout, entries, written.st_mtime_ns, is_converted=is_converted)
    return tuple(dict.fromkeys(changed))  # of a conflict every side has an entry


def _is_below(checkout: Checkout, entry: IndexEntry, below: str) -> bool:
    return f"{checkout.root.rstrip('/')}/{entry.path}".startswith(f"{below.rstrip('/')}/")


def _changed(
    tree: MachineTree, checkout: Checkout, entries: list[IndexEntry], written: int, *, is_converted: bool
) -> Iterator[str]:
    for entry in entries:
        path = f"{checkout.root.rstrip('/')}/{entry.path}"
        if entry.is_new or (
            not entry.is_unwatched and _differs(tree, path, entry, written, is_converted=is_converted)
        ):
            yield entry.path


def _differs(tree: MachineTree, path: str, entry: IndexEntry, written: int, *, is_converted: bool) -> bool:
    """Whether a file or link is gone or has another content; submodules and left out directories never do."""
    kind = stat.S_IFMT(entry.mode)
    if kind not in {_FILE, _LINK}:
        return False
    try:
        status = tree.status(path)
    except OSError:  # not ours to look at: nothing is known of it
        return False
    if status is None or stat.S_IFMT(status.st_mode) != kind:
        return True
    if entry.size and entry.size != status.st_size & 0xFFFFFFFF:
        return True
    if kind == _LINK or _is_untouched(status, entry, written):
        return False
    return not is_converted and not _has_content(tree, path, entry)


def _is_untouched(status: os.stat_result, entry: IndexEntry, written: int) -> bool:
    """A file that changed after the index was written may have kept its size and its second of change."""
    noted = entry.seconds * 1_000_000_000 + entry.nanoseconds
    return status.st_mtime_ns == noted and noted < written and bool(entry.size or not status.st_size)


def _has_content(tree: MachineTree, path: str, entry: IndexEntry) -> bool:
    """Git may have kept a text's lines with other ends than the checkout has."""
    try:
        content = tree.read(path, limit=_MAX_FILE_BYTES)
    except (OSError, InputError):
        return True
    return entry.digest in {_digest(content), _digest(content.replace(b"\r\n", b"\n"))}


def _digest(content: bytes) -> bytes:
    header = f"blob {len(content)}\0".encode()
    return hashlib.sha1(header + content, usedforsecurity=False).digest()


def _converts(tree: MachineTree, checkout: Checkout) -> bool:
    """Whether git keeps other bytes than the checkout has, which only a program could convert."""
    places = (f"{checkout.root.rstrip('/')}/.gitattributes", f"{checkout.common}/info/attributes")
    texts = [read_optional(tree, place).content or b"" for place in places]
    return any(word in text for word in _CONVERSIONS for text in texts)
