"""Links followed inside a tree of files, as a program confined to it would follow them."""

import errno
import os
import posixpath
from collections.abc import Callable
from typing import Final

_MAX_LINKS: Final = 40


def followed(path: str, target_of: Callable[[str], str | None], *, shown: str) -> str:
    """The absolute path with every link followed, as far as it exists; no link leads out of the tree.

    ``target_of`` says what the link at a path says, or ``None`` for what is no link. ``OSError`` (ELOOP)
    for links that lead round in a circle, naming ``shown``.
    """
    done, pending, links = "", [part for part in reversed(path.split("/")) if part], 0
    while pending:
        part = pending.pop()
        if part in {".", ".."}:
            done = done if part == "." else posixpath.dirname(done).rstrip("/")
            continue
        target = target_of(f"{done}/{part}")
        if target is None:
            done = f"{done}/{part}"
            continue
        links += 1
        if links > _MAX_LINKS:
            raise OSError(errno.ELOOP, os.strerror(errno.ELOOP), shown)
        done = "" if target.startswith("/") else done
        pending.extend(part for part in reversed(target.split("/")) if part)
    return done or "/"
