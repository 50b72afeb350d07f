"""A file that may be missing, or be no file at all: its content, or what is the matter with it."""

import errno
import os

from msgspec import Struct

from samestack.capture.tree import MAX_TEXT_BYTES, Tree
from samestack.errors import InputError

_MISSING = os.strerror(errno.ENOENT)


class OptionalFile(Struct, frozen=True):
    """``content`` is ``None`` for a missing file, and for an unreadable one: ``problem`` says why."""

    content: bytes | None = None
    problem: str = ""


def read_optional(tree: Tree, path: str, *, limit: int = MAX_TEXT_BYTES) -> OptionalFile:
    """The whole content of a regular file of at most ``limit`` bytes; never an exception."""
    try:
        return OptionalFile(tree.read(path, limit=limit))
    except InputError:
        return OptionalFile(problem=f"it is larger than {limit} bytes")
    except FileNotFoundError as error:
        return OptionalFile(problem="" if error.strerror == _MISSING else "it is no regular file")
    except OSError as error:
        return OptionalFile(problem=f"it cannot be read: {error.strerror}")
