"""``*.pth`` files: further directories that Python imports from. Their lines of code are not run."""

import posixpath
from typing import Final

from samestack.capture.probes.optional_file import read_optional
from samestack.capture.probes.python.python_layout import existing_directories
from samestack.capture.probes.remarks import shown_path
from samestack.capture.tree import Tree

MAX_PATHS: Final = 100
"""How many lines of one file are followed."""

_MAX_BYTES: Final = 256 * 1024
_SUFFIX: Final = ".pth"
_CODE: Final = ("import ", "import\t", "#")


def directories_of_path_files(tree: Tree, site_directory: str) -> tuple[str, ...]:
    """The directories that path files of a site directory add and that hold installed distributions.

    What an editable installation adds is a directory of sources, and holds none.
    """
    files = [one for one in tree.entries(site_directory) if one.name.endswith(_SUFFIX)]
    paths = [path for one in files for path in _paths(tree, one.path, site_directory)]
    return tuple(path for path in existing_directories(tree, paths) if _holds_distributions(tree, path))


def path_lines(content: bytes) -> list[str]:
    """The lines of a path file that are paths."""
    lines = (line.strip() for line in content.decode("utf-8", "replace").splitlines())
    paths = [line for line in lines if line and not line.startswith(_CODE) and line == shown_path(line)]
    return paths[:MAX_PATHS]


def _paths(tree: Tree, path: str, site_directory: str) -> list[str]:
    content = read_optional(tree, path, limit=_MAX_BYTES).content or b""
    return [posixpath.normpath(posixpath.join(site_directory, line)) for line in path_lines(content)]


def _holds_distributions(tree: Tree, directory: str) -> bool:
    return any(one.name.endswith(".dist-info") for one in tree.entries(directory))
