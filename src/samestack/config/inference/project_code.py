"""The code of a project, parsed: files and cells of notebooks that the program is made of."""

import ast
import re
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from msgspec import Struct

from samestack.errors import SamestackError
from samestack.project.inference.notebooks import read_notebook
from samestack.project.inference.project_tree import project_tree

MAX_BYTES: Final = 1024 * 1024
"""The largest file of code that is read; what is larger was written by a program."""
_MAX_NOTEBOOK_BYTES: Final = 32 * 1024 * 1024
"""Pictures stand in notebooks."""
_NOT_THE_PROGRAM: Final = frozenset(
    {"test", "tests", "testing", "doc", "docs", "example", "examples", "benchmarks"}
)
_NOT_THE_PROGRAM_FILES: Final = re.compile(r"(test_.*|.*_test|conftest|setup|noxfile|tasks)\.py")


_WORDS: Final = re.compile(rb"environ|getenv|decouple|envvar|pydantic|Settings")
"""Code without any of these reads no variable and declares no settings; to search is faster than to parse."""


class Piece(Struct, frozen=True):
    """A module, or a cell of a notebook."""

    file: str
    """Relative to the project."""
    tree: ast.Module
    cell: int = 0
    """From 1; 0 for a module."""

    def place(self, node: ast.AST) -> str:
        """Where a node stands."""
        if self.cell:
            return f"{self.file}, cell {self.cell}"
        return f"{self.file}:{getattr(node, 'lineno', 1)}"


def project_code(directory: Path) -> Iterator[Piece]:
    """Every piece that Python can parse, those nearest to the top first; tests and documentation left out."""
    for name in project_tree(directory).files:
        path = directory / name
        if not _is_of_program(name):
            continue
        if name.endswith(".py") and _size(path) <= MAX_BYTES:
            yield from _module(path, name)
        elif name.endswith(".ipynb") and _size(path) <= _MAX_NOTEBOOK_BYTES:
            yield from _notebook(path, name)


def _is_of_program(name: str) -> bool:
    *directories, file = name.split("/")
    return _NOT_THE_PROGRAM.isdisjoint(directories) and not _NOT_THE_PROGRAM_FILES.fullmatch(file)


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return MAX_BYTES * 1024


def _module(path: Path, name: str) -> Iterator[Piece]:
    try:
        source = path.read_bytes()
    except OSError:
        return
    tree = _parsed(source) if _WORDS.search(source) else None
    if tree is not None:
        yield Piece(name, tree)


def _notebook(path: Path, name: str) -> Iterator[Piece]:
    try:
        cells = read_notebook(path).cells
    except SamestackError:  # what is no notebook holds no code
        return
    imports: list[ast.stmt] = []  # those of a cell hold in all that follow
    for cell in cells:
        tree = _parsed(cell.code.encode("utf-8", "replace"))
        if tree is not None:
            own = [node for node in tree.body if isinstance(node, ast.Import | ast.ImportFrom)]
            yield Piece(name, ast.Module([*imports, *tree.body], []), cell.number)
            imports += own


def _parsed(source: bytes) -> ast.Module | None:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of what others wrote: invalid escapes and the like
            return ast.parse(source)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None
