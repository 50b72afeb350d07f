"""Remarks on what was met in an examined Python, cleaned of what must not be kept or shown."""

from typing import Final

from msgspec.structs import replace

from samestack.capture.addresses import without_credentials
from samestack.capture.probes.text import shown_text
from samestack.capture.tree import Tree
from samestack.model import Layer, Remark

MAX_PATH_CHARACTERS: Final = 4096
"""The longest path that is kept: Linux allows no longer ones."""

_MAX_MESSAGE_CHARACTERS = 1000


def shown_path(path: str) -> str:
    """A path fit to be kept: as it is, but for control characters and halves of characters."""
    return shown_text(path, MAX_PATH_CHARACTERS)


def package_remark(tree: Tree, code: str, subject: str, message: str, place: str) -> Remark:
    """A remark on a package; ``place`` is a path inside the tree."""
    return Remark(
        code=code,
        layer=Layer.PACKAGES,
        subject=shown_text(without_credentials(subject)),
        message=shown_text(without_credentials(message), _MAX_MESSAGE_CHARACTERS),
        place=shown_path(tree.shown(place)),
    )


def python_remark(tree: Tree, code: str, message: str, place: str) -> Remark:
    """A remark on an interpreter; ``place`` is a path inside the tree."""
    return replace(package_remark(tree, code, "python", message, place), layer=Layer.PYTHON)
