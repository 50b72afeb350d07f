"""A wheel opened: which package it is, and its files. Nothing of it is trusted, and nothing of it runs."""

import hashlib
from collections.abc import Iterable, Mapping
from email.parser import HeaderParser
from pathlib import Path
from typing import Final

from msgspec import Struct, structs
from packaging.metadata import parse_email
from packaging.utils import canonicalize_name
from packaging.version import InvalidVersion, Version

from samestack.errors import InputError, OutsideError
from samestack.image.wheels.entry_names import files_of
from samestack.image.wheels.local_headers import data_offsets
from samestack.image.wheels.record_rows import stated_hashes
from samestack.image.wheels.wheel_file import WheelFile
from samestack.image.wheels.zip_directory import read_directory

_DIST_INFO: Final = ".dist-info"
_HINT: Final = "fetch it again; if it stays so, the wheel was made wrongly or altered"


class Wheel(Struct, frozen=True, kw_only=True):
    """A wheel and what it says of itself; the content of its files is checked when it is read."""

    path: Path
    sha256: str
    """In hexadecimal digits."""
    name: str
    """Normalized."""
    version: str
    stem: str
    """What its own directories begin with: ``torch-2.1.0`` for ``torch-2.1.0.dist-info``."""
    files: Mapping[str, WheelFile]
    """By their paths in the wheel."""

    @property
    def dist_info(self) -> str:
        """The directory of its metadata."""
        return self.stem + _DIST_INFO

    def described(self, name: str) -> bytes | None:
        """A file of its metadata, whole."""
        file = self.files.get(f"{self.dist_info}/{name}")
        return None if file is None else file.read()


def read_wheel(path: Path, *, sha256: str = "") -> Wheel:
    """A wheel; ``sha256``, in hexadecimal digits, is what its file was found to have, if that is known.

    :class:`InputError` for whatever cannot be trusted or is no wheel of version 1.
    """
    files = _files(path)
    stem = _stem(files, str(path))
    wheel = Wheel(
        path=path,
        sha256=sha256 or _sha256(path),
        name="",
        version="",
        stem=stem,
        files=_recorded(files, stem),
    )
    _check_format(wheel)
    name, version = _identity(wheel)
    return structs.replace(wheel, name=name, version=version)


def _files(path: Path) -> dict[str, WheelFile]:
    shown = str(path)
    try:
        with path.open("rb") as file:
            directory = read_directory(file, shown=shown)
            entries = files_of(directory.entries, shown=shown)
            offsets = data_offsets(file, directory, shown=shown)
    except OSError as error:
        raise OutsideError(f"{path}: cannot be read: {error.strerror}") from None
    return {name: WheelFile(wheel=path, entry=entry, offset=offsets[name]) for name, entry in entries.items()}


def _stem(names: Iterable[str], shown: str) -> str:
    """Upper and lower case count as the same here, so that no file system finds another metadata."""
    tops = {name.partition("/")[0] for name in names if "/" in name}
    found = [top for top in tops if top.lower().endswith(_DIST_INFO)]
    if len(found) != 1 or not found[0].endswith(_DIST_INFO):
        message = f"it has {len(found)} directories of metadata" if found else "it has no metadata"
        raise InputError(shown, message, hint="a wheel has one directory whose name ends with .dist-info")
    return found[0].removesuffix(_DIST_INFO)


def _recorded(files: Mapping[str, WheelFile], stem: str) -> dict[str, WheelFile]:
    """The files with the hashes that RECORD states."""
    place = f"{stem}{_DIST_INFO}/RECORD"
    record = _metadata(files, place)
    stated = stated_hashes(record.read(), shown=str(record.wheel), place=place)
    return {name: structs.replace(file, sha256=stated.get(name, "")) for name, file in files.items()}


def _metadata(files: Mapping[str, WheelFile], name: str) -> WheelFile:
    if name not in files:
        shown = str(next(iter(files.values())).wheel)
        raise InputError(shown, f"{name} is missing", hint=_HINT)
    return files[name]


def _check_format(wheel: Wheel) -> None:
    name = f"{wheel.dist_info}/WHEEL"
    text = _metadata(wheel.files, name).read().decode("utf-8", "replace")
    version = HeaderParser().parsestr(text).get("Wheel-Version", "").strip()
    if version.partition(".")[0] != "1":
        hint = "samestack knows version 1"
        raise InputError(str(wheel.path), f"'{version}' is no known version of wheels", place=name, hint=hint)


def _identity(wheel: Wheel) -> tuple[str, str]:
    """Name and version, which are the same in METADATA and in the name of its directory."""
    place = f"{wheel.dist_info}/METADATA"
    metadata = parse_email(_metadata(wheel.files, place).read())[0]
    name, version = metadata.get("name", ""), metadata.get("version", "")
    stem_name, _, stem_version = wheel.stem.partition("-")
    if canonicalize_name(name) != canonicalize_name(stem_name) or not _are_equal(version, stem_version):
        message = f"it is of '{name}' '{version}', and its directory of '{wheel.stem}'"
        raise InputError(str(wheel.path), message, place=place, hint=_HINT)
    return canonicalize_name(name), version


def _are_equal(version: str, other: str) -> bool:
    try:
        return Version(version) == Version(other.replace("_", "+", 1) if "+" not in other else other)
    except InvalidVersion:
        return version == other


def _sha256(path: Path) -> str:
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise OutsideError(f"{path}: cannot be read: {error.strerror}") from None
