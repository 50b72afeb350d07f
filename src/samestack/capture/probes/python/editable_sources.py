"""The sources of editable installations: gone, or not what was installed any more."""

import posixpath
import re
from collections.abc import Iterator, Sequence
from typing import Final

from samestack.capture.git.changes import changed_files
from samestack.capture.git.checkout import Checkout, checkout_around, head_commit
from samestack.capture.probes.python.distribution import Distribution
from samestack.capture.probes.remarks import package_remark, shown_path
from samestack.capture.tree import MachineTree, Tree
from samestack.model import Remark

_CUT: Final = ("\N{REPLACEMENT CHARACTER}", "\N{HORIZONTAL ELLIPSIS}")
_SHORT: Final = 12
_SHA1_DIGITS: Final = 40  # the index of a repository that hashes by SHA-256 has other entries
_COMMIT_OF_VERSION = re.compile(r"\+(?:[\w.]*\.)?g(?P<commit>[0-9a-f]{7,40})(?:\.|$)", re.ASCII)


def editable_sources(tree: Tree, distributions: Sequence[Distribution]) -> tuple[Remark, ...]:
    """Remarks ``source-gone`` and ``source-changed``, one a distribution, where the tree is this machine.

    Elsewhere the directory that an installer wrote down need not be the one of that name.
    """
    if not isinstance(tree, MachineTree):
        return ()
    linked = [one for one in distributions if one.is_editable and posixpath.isabs(one.path)]
    return tuple(remark for one in linked for remark in _of(tree, one))


def _of(tree: MachineTree, distribution: Distribution) -> Iterator[Remark]:
    path = distribution.path
    if any(mark in path for mark in _CUT):  # not as it was written down
        return
    if not tree.is_directory(path):
        message = f"it is installed as a link to a directory that is not there: {path}"
        yield package_remark(tree, "source-gone", distribution.name, message, path)
        return
    source = tree.resolve(path)
    checkout = checkout_around(tree, source)
    message = "" if checkout is None else _change(tree, checkout, source, distribution)
    if message:
        yield package_remark(tree, "source-changed", distribution.name, message, path)


def _change(tree: MachineTree, checkout: Checkout, source: str, distribution: Distribution) -> str:
    """What has changed since, in a sentence; empty for nothing that can be told."""
    head = head_commit(tree, checkout)
    if head is None or len(head) != _SHA1_DIGITS:
        return ""
    changed = changed_files(tree, checkout, source)
    if changed is None:
        return ""
    if changed:
        files = f"{len(changed)} files" if len(changed) > 1 else "a file"
        first = shown_path(changed[0])
        return f"its source is a git checkout in which {files} changed without a commit ({first} first)"
    stated = _COMMIT_OF_VERSION.search(distribution.version or "")
    if stated and not head.startswith(stated["commit"]):
        return (
            f"it was installed at commit {stated['commit'][:_SHORT]}, "
            f"and its source is at commit {head[:_SHORT]} now"
        )
    return ""
