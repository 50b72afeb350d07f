"""Wheels that stand for what conda brings, so that uv decides the rest of the index around it.

A stand-in has the name and version of conda's package, nothing in it, and asks for nothing: what conda's
package needs conda has brought too. Its local version (``1.26.4+conda``) is one that no index has and that
every specifier takes for the release itself, so a constraint on it leaves uv no other choice.
"""

import zipfile
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Final

from msgspec import Struct
from packaging.version import Version

from samestack.capture.readers.conda.conda_records import CondaRecord, component_of
from samestack.knowledge.python_names import pypi_name
from samestack.model import Layer
from samestack.solve.conda.conda_metadata import is_ordered

if TYPE_CHECKING:
    from rattler import RepoDataRecord

_LOCAL: Final = "conda"
_WHEEL: Final = "Wheel-Version: 1.0\nGenerator: samestack\nRoot-Is-Purelib: true\nTag: py3-none-any\n"


class Provided(Struct, frozen=True):
    """A Python package that conda brings."""

    conda_name: str
    version: str
    """As the index writes it."""


def provided_by(records: "Iterable[RepoDataRecord]") -> dict[str, Provided]:
    """The Python packages among conda's, by the index's names; not those whose version it has no form for."""
    found = {}
    for record in records:
        name, version = record.name.normalized, str(record.version)
        described = CondaRecord(
            name=name, version=version, build=str(record.build), depends=tuple(record.depends)
        )
        if component_of(described).layer is Layer.PACKAGES and is_ordered(version):
            found[pypi_name(name).name] = Provided(name, str(Version(version)))
    return found


def write_stand_ins(brought: Mapping[str, Provided], directory: Path) -> tuple[str, ...]:
    """Put a wheel for each into a directory; the constraints that choose them."""
    versions = {name: _local(one.version) for name, one in brought.items()}
    for name, version in versions.items():
        _write(name, version, directory)
    return tuple(f"{name}=={version}" for name, version in versions.items())


def _local(version: str) -> str:
    return f"{version}.{_LOCAL}" if "+" in version else f"{version}+{_LOCAL}"


def _write(name: str, version: str, directory: Path) -> None:
    stem = f"{name.replace('-', '_')}-{version}"
    with zipfile.ZipFile(directory / f"{stem}-py3-none-any.whl", "w") as wheel:
        information = f"{stem}.dist-info"
        wheel.writestr(
            f"{information}/METADATA", f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n"
        )
        wheel.writestr(f"{information}/WHEEL", _WHEEL)
        wheel.writestr(f"{information}/RECORD", "")
