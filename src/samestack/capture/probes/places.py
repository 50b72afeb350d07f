"""Places where things usually are: paths with ``*`` for any one directory."""

from collections.abc import Iterator
from typing import Final

from samestack.capture.probes.python.python_layout import resolved
from samestack.capture.tree import Tree

MAX_SIBLINGS: Final = 500
"""How many directories are looked into for one ``*`` of a place."""


def directories_at(tree: Tree, place: str) -> Iterator[str]:
    """The directories that a place stands for, links followed; a ``*`` is never a hidden one."""
    before, star, after = place.partition("/*")
    if not star:
        path = resolved(tree, place)
        if path is not None and tree.is_directory(path):
            yield path
        return
    directories = [one.name for one in tree.entries(before or "/") if one.is_directory]
    for name in directories[:MAX_SIBLINGS]:
        if not name.startswith("."):
            yield from directories_at(tree, f"{before}/{name}{after}")
