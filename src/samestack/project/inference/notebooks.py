"""Notebooks: their cells of Python code, and the commands that they give to a shell."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from msgspec import Struct, field

from samestack.capture.documents import load_json

_SHELL: Final = re.compile(r"\s*(?:!|%(?:pip|conda|sx|system)\b)\s*")
_SHELL_CELL: Final = re.compile(r"%%(?:bash|sh|script|system|!)\b")


class Cell(Struct, frozen=True):
    """What one cell of code says, line by line: code, with the commands taken out."""

    number: int
    """From 1, counting every cell as people do."""
    code: str
    commands: tuple[str, ...] = ()


class Notebook(Struct, frozen=True):
    """A notebook of Python."""

    cells: tuple[Cell, ...]
    python: str = ""
    """The release that it last ran on; empty where it does not say."""


class _Cell(Struct, frozen=True):
    cell_type: str = ""
    source: str | tuple[str, ...] = ()
    input: str | tuple[str, ...] = ()
    """What format 3 calls the source of code."""


class _Sheet(Struct, frozen=True):
    cells: tuple[_Cell, ...] = ()


class _Notebook(Struct, frozen=True):
    cells: tuple[_Cell, ...] = ()
    worksheets: tuple[_Sheet, ...] = ()
    metadata: dict[str, Any] = field(default_factory=dict)


def read_notebook(path: Path) -> Notebook:
    """The code of a notebook, of any format; none where it is of another language.

    :class:`InputError` for what is no notebook.
    """
    document = load_json(path, _Notebook)
    language = document.metadata.get("language_info")
    said = language if isinstance(language, dict) else {}
    if said.get("name", "python") not in {"python", "ipython"}:
        return Notebook(())
    cells = (*document.cells, *(cell for sheet in document.worksheets for cell in sheet.cells))
    version = said.get("version")
    return Notebook(tuple(_cells(cells)), version if isinstance(version, str) else "")


def _cells(cells: tuple[_Cell, ...]) -> Iterator[Cell]:
    for number, cell in enumerate(cells, start=1):
        if cell.cell_type == "code":
            source = cell.source or cell.input
            text = source if isinstance(source, str) else "".join(source)
            yield _parted(number, text)


def _parted(number: int, text: str) -> Cell:
    first, _, rest = text.lstrip().partition("\n")
    if _SHELL_CELL.match(first):
        return Cell(number, "", tuple(rest.replace("\\\n", " ").splitlines()))
    if first.startswith("%%") and not re.match(r"%%(?:time|timeit|capture|prun)\b", first):
        return Cell(number, "")  # of another language
    lines = text.replace("\\\n", " ").splitlines()
    commands = tuple(_command(line) for line in lines if _SHELL.match(line))
    return Cell(number, "\n".join("" if re.match(r"\s*[!%]", line) else line for line in lines), commands)


def _command(line: str) -> str:
    said = line.strip()
    return said.removeprefix("!").strip() if said.startswith("!") else said.removeprefix("%")
