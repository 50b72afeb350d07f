"""A package, unpacked: what it says of itself, and its files."""

import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from msgspec import Struct

from samestack.errors import InputError
from samestack.image.debian.archives.package_file import unpack_member
from samestack.image.debian.archives.tar_files import read_tar
from samestack.image.debian.locked import LockedPackage
from samestack.image.layers.entry import EntryKind, LayerEntry

_MOST_CONTROL_BYTES: Final = 16 << 20
"""Of one of the files by which a package is described, of which lists of symbols are the largest."""


class Unpacked(Struct, frozen=True, kw_only=True):
    """A package that was read; the content of its files lies in a directory of the build."""

    package: LockedPackage
    control: Mapping[str, bytes]
    """What describes it, by name: ``control``, ``md5sums``, ``postinst``, ..."""
    entries: tuple[LayerEntry, ...]
    """In the order of its archive, under the names that it has there."""

    def text(self, name: str) -> str:
        """One of the files that describe it; empty where it has none of that name."""
        return self.control.get(name, b"").decode("utf-8", "replace")

    @property
    def conffiles(self) -> tuple[str, ...]:
        """The paths of its configuration files, from the root."""
        lines = self.text("conffiles").splitlines()
        return tuple(line.strip() for line in lines if line.strip().startswith("/"))


def unpack(package: LockedPackage, path: Path, directory: Path) -> Unpacked:
    """Read a package; the content of its files goes into the directory, which has to stay meanwhile.

    :class:`InputError` where the file is none, or another package than the lock says.
    """
    where = path.name if path.suffix == ".deb" else f"{package.name}.deb"
    control = _control(path, directory, where)
    _check(package, control.get("control", b""), where)
    data = directory / f"{package.name}.tar"
    with data.open("wb") as file:
        unpack_member(path, "data", file, where=where)
    return Unpacked(package=package, control=control, entries=tuple(read_tar(data, where=where)))


def _control(path: Path, directory: Path, where: str) -> dict[str, bytes]:
    with tempfile.NamedTemporaryFile(dir=directory) as file:
        unpack_member(path, "control", file, where=where)  # type: ignore[arg-type]
        file.flush()
        found = (one for one in read_tar(Path(file.name), where=where) if one.kind is EntryKind.FILE)
        return {entry.path: _whole(entry, where) for entry in found}


def _whole(entry: LayerEntry, where: str) -> bytes:
    if "/" in entry.path or entry.content is None or entry.content.size > _MOST_CONTROL_BYTES:
        raise InputError(where, f"{entry.path} is nothing that describes a package")
    with entry.content.open() as content:
        return content.read()


def _check(package: LockedPackage, control: bytes, where: str) -> None:
    lines = (line.partition(":") for line in control.decode("utf-8", "replace").splitlines())
    said = {name: value.strip() for name, _, value in lines}
    found = (said.get("Package"), said.get("Version"), said.get("Architecture"))
    if found != (package.name, package.version, package.architecture):
        raise InputError(where, f"it is {found[0]} {found[1]} for {found[2]} and not {package.text}")
