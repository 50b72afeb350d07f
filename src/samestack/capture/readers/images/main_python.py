"""The Python that an image is there for: the one that its programs run with."""

import posixpath
from collections.abc import Iterator
from typing import Final

from samestack.capture.readers.images.variables import variables_of
from samestack.capture.tree import Tree
from samestack.oci.documents import Execution

_NAMES: Final = ("python", "python3")


def main_python(tree: Tree, execution: Execution) -> str:
    """The executable: beside the image's own program, or else the first on its PATH; empty where none is."""
    places = (f"{_resolved(tree, one)}/{name}" for one in _directories(execution) for name in _NAMES)
    return next((place for place in places if tree.is_file(place)), "")


def _directories(execution: Execution) -> Iterator[str]:
    program = next(iter((*(execution.entrypoint or ()), *(execution.cmd or ()))), "")
    path = variables_of(execution).get("PATH", "").split(":")
    return (one for one in (posixpath.dirname(program), *path) if one.startswith("/"))


def _resolved(tree: Tree, directory: str) -> str:
    """The directory alone: an environment's interpreter is mostly a link out of it."""
    try:
        return tree.resolve(directory)
    except OSError:  # a link that leads round in a circle
        return directory
