"""What a Python distribution is called as a conda package, and the other way round.

The rows, each with its source, stand in ``python_names.tsv``. They are read when the first name is asked for.
"""

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from msgspec import Struct

from samestack.model import normalized_python_name

_TABLE = Path(__file__).with_suffix(".tsv")


class PythonName(Struct, frozen=True):
    """A name in the other ecosystem. Unless it is ``known``, it is only assumed to be the same there."""

    name: str
    known: bool


class _Names(Struct, frozen=True):
    pypi_of_conda: Mapping[str, str]
    conda_of_pypi: Mapping[str, str]


def pypi_name(conda_name: str) -> PythonName:
    """The normalised name that the Python package index has for a conda package."""
    name = normalized_python_name(conda_name)
    return _looked_up(name, _names().pypi_of_conda)


def conda_name(pypi_name: str) -> PythonName:
    """The name that conda-forge has for a distribution of the Python package index.

    A name that is not in the table is returned in its normalised form: the table tells other words, not
    other separators (conda-forge writes ``typing_extensions``).
    """
    return _looked_up(normalized_python_name(pypi_name), _names().conda_of_pypi)


def _looked_up(name: str, table: Mapping[str, str]) -> PythonName:
    found = table.get(name)
    return PythonName(name, known=False) if found is None else PythonName(found, known=True)


@cache
def _names() -> _Names:
    pypi_of_conda: dict[str, str] = {}
    conda_of_pypi: dict[str, str] = {}
    for line in _TABLE.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            pypi, conda, _ = line.split("\t")
            conda_of_pypi.setdefault(pypi, conda)
            pypi_of_conda.setdefault(normalized_python_name(conda), pypi)
    return _Names(pypi_of_conda, conda_of_pypi)
