"""A git checkout: where it is, and which commit it is at. Nothing in it is run."""

import posixpath
import re
from typing import Final

from msgspec import Struct

from samestack.capture.probes.optional_file import read_optional
from samestack.capture.tree import Tree

_MAX_SMALL_BYTES: Final = 4096
_MAX_DEPTH: Final = 64
_COMMIT = re.compile(r"[0-9a-f]{40}(?:[0-9a-f]{24})?")
_BRANCH = re.compile(r"refs/[^\x00-\x20\x7f~^:?*\[\\]+")


class Checkout(Struct, frozen=True):
    """Files that git keeps, and where it keeps what it knows of them. Paths are paths inside the tree."""

    root: str
    directory: str
    """``.git``; of a worktree or a submodule its own directory elsewhere."""
    common: str
    """What a worktree shares with the others: branches."""


def checkout_around(tree: Tree, directory: str) -> Checkout | None:
    """The innermost checkout that a directory, given with its links followed, is in."""
    for _ in range(_MAX_DEPTH):
        found = _at(tree, directory)
        if found is not None or directory == "/":
            return found
        directory = posixpath.dirname(directory)
    return None


def head_commit(tree: Tree, checkout: Checkout) -> str | None:
    """The commit that is checked out; ``None`` before the first one, and where it cannot be read."""
    head = _line(tree, f"{checkout.directory}/HEAD")
    if not head.startswith("ref:"):
        return head if _COMMIT.fullmatch(head) else None
    branch = head.removeprefix("ref:").strip()
    if not _BRANCH.fullmatch(branch) or ".." in branch:
        return None
    own = (_line(tree, f"{place}/{branch}") for place in (checkout.directory, checkout.common))
    found = next(filter(_COMMIT.fullmatch, own), None)
    return found or _packed(tree, checkout, branch)


def _at(tree: Tree, root: str) -> Checkout | None:
    directory = f"{root.rstrip('/')}/.git"
    if tree.is_file(directory):
        word, _, place = _line(tree, directory).partition(":")
        if word != "gitdir":
            return None
        directory = posixpath.normpath(posixpath.join(root, place.strip()))
    if not tree.is_file(f"{directory}/HEAD"):
        return None
    common = _line(tree, f"{directory}/commondir") or "."
    return Checkout(root, directory, posixpath.normpath(posixpath.join(directory, common)))


def _packed(tree: Tree, checkout: Checkout, branch: str) -> str | None:
    content = read_optional(tree, f"{checkout.common}/packed-refs").content or b""
    for line in content.decode("utf-8", "replace").splitlines():
        commit, _, name = line.partition(" ")
        if name == branch and _COMMIT.fullmatch(commit):
            return commit
    return None


def _line(tree: Tree, path: str) -> str:
    """The first line of a small file; empty where there is none, or none that can name a place."""
    content = read_optional(tree, path, limit=_MAX_SMALL_BYTES).content or b""
    line = content.decode("utf-8", "replace").partition("\n")[0].strip()
    return line if line.isprintable() else ""
