"""The names that a distribution is imported by: its top-level packages, modules and extension modules."""

import posixpath
from collections.abc import Iterable, Iterator
from typing import Final

from samestack.capture.probes.optional_file import read_optional
from samestack.capture.probes.python.distribution import Distribution
from samestack.capture.probes.python.path_files import path_lines
from samestack.capture.probes.python.record_rows import below, record_rows, top_of
from samestack.capture.tree import Entry, Tree
from samestack.model import normalized_python_name

MAX_NAMES: Final = 1000
"""How many names of one distribution are kept. The most seen, of a vendored SDK, are 40."""

_MAX_NAME_CHARACTERS: Final = 128
_MAX_BYTES: Final = 64 * 1024
_MODULES: Final = (".py", ".so")
_MODULE_ROWS: Final = tuple(f"{ending}," for ending in _MODULES)
_SOURCES: Final = "src"  # by convention it holds what is installed and nothing else
_NO_NAMES: Final = frozenset({"__pycache__"})


def import_names(tree: Tree, distribution: Distribution) -> tuple[str, ...]:
    """The names, sorted; of a namespace package its first part.

    By RECORD, or where that says nothing by ``top_level.txt``. An editable installation without the latter
    is looked for where its path files lead.
    """
    names: Iterable[str] = ()
    if not distribution.is_editable:
        names = recorded_names(distribution.record)
    names = tuple(names) or tuple(_listed_names(tree, distribution))
    if not names and distribution.is_editable:
        names = _linked_names(tree, distribution)
    return tuple(sorted({name for name in names if _is_name(name)}))[:MAX_NAMES]


def recorded_names(record: str) -> Iterator[str]:
    """What RECORD's paths can be imported as: directories with modules somewhere in them, and modules."""
    rows = record_rows(record)
    top = top_of(rows)
    for directory in top.directories:
        if _is_name(directory) and any(_holds_module(row) for row in below(rows, directory)):
            yield directory
    yield from (row.partition(".")[0] for row in top.files if _holds_module(row))


def _is_name(text: str) -> bool:
    return text.isidentifier() and len(text) <= _MAX_NAME_CHARACTERS and text not in _NO_NAMES


def _holds_module(row: str) -> bool:
    return any(end in row for end in _MODULE_ROWS)


def _listed_names(tree: Tree, distribution: Distribution) -> Iterator[str]:
    path = distribution.metadata_file("top_level.txt")
    content = read_optional(tree, path, limit=_MAX_BYTES).content or b""
    for line in content.decode("utf-8", "replace").split():
        yield line.replace(".", "/").partition("/")[0]


def _linked_names(tree: Tree, distribution: Distribution) -> Iterator[str]:
    """Where its path files name a directory as plain text; what others do in code is not read."""
    for row in top_of(record_rows(distribution.record)).files:
        name = row.partition(",")[0]
        if not name.endswith(".pth"):
            continue
        path = f"{distribution.site_directory}/{name}"
        for line in path_lines(read_optional(tree, path, limit=_MAX_BYTES).content or b""):
            directory = posixpath.normpath(posixpath.join(distribution.site_directory, line))
            yield from _names_in(tree, directory, distribution.name)


def _names_in(tree: Tree, directory: str, own: str) -> Iterator[str]:
    """All of a directory of sources; of a project's own one, which holds tests too, what is named like it."""
    is_all = posixpath.basename(directory) == _SOURCES
    for entry in tree.entries(directory):
        name = entry.name.partition(".")[0]
        if _is_module(tree, entry) and (is_all or normalized_python_name(name) == own):
            yield name


def _is_module(tree: Tree, entry: Entry) -> bool:
    if entry.is_directory:
        return tree.is_file(f"{entry.path}/__init__.py")
    return entry.is_file and entry.name.endswith(_MODULES)
