"""The files of the packages in ``poetry.lock``: their names tell which wheels there are."""

from collections.abc import Mapping
from pathlib import Path

from msgspec import Struct, field

from samestack.capture.documents import load_toml
from samestack.capture.readers.requirements.packaging_values import package_name, placed, version_text


class LockedFile(Struct, frozen=True):
    """A wheel or a source distribution."""

    file: str
    hash: str


class _Package(Struct, frozen=True):
    name: str
    version: str
    files: tuple[LockedFile, ...] = ()


class _Metadata(Struct, frozen=True):
    files: Mapping[str, tuple[LockedFile, ...]] = field(default_factory=dict)


class _Document(Struct, frozen=True):
    package: tuple[_Package, ...] = ()
    metadata: _Metadata = _Metadata()


def locked_files(path: Path) -> dict[tuple[str, str], tuple[LockedFile, ...]]:
    """By normalised name and version."""
    document = load_toml(path, _Document)
    with placed(str(path), "$.package"):
        return {
            (package_name(one.name), version_text(one.version)): one.files
            or tuple(document.metadata.files.get(one.name, ()))
            for one in document.package
        }
