"""Wheels for tests: as a build tool makes them, and as nobody should."""

import base64
import hashlib
import zipfile
from collections.abc import Iterable, Mapping
from pathlib import Path

WHEEL = b"Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: py3-none-any\n"


def described(name: str = "demo", version: str = "1.0") -> dict[str, bytes]:
    """The metadata of a wheel, without RECORD."""
    metadata = f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n".encode()
    return {f"{name}-{version}.dist-info/WHEEL": WHEEL, f"{name}-{version}.dist-info/METADATA": metadata}


def record(files: Mapping[str, bytes], itself: str) -> bytes:
    """RECORD for these files."""
    rows = [f"{name},sha256={encoded(data)},{len(data)}" for name, data in files.items()]
    return "\n".join([*rows, f"{itself},,", ""]).encode()


def encoded(data: bytes) -> str:
    """A SHA-256 as RECORD writes it."""
    return base64.urlsafe_b64encode(hashlib.sha256(data).digest()).rstrip(b"=").decode()


def complete(files: Mapping[str, bytes], *, name: str = "demo", version: str = "1.0") -> dict[str, bytes]:
    """The files of a wheel with its metadata, where they do not have their own."""
    found = {**described(name, version), **files}
    itself = f"{name}-{version}.dist-info/RECORD"
    return {**found, itself: files.get(itself, record(found, itself))}


def make_wheel(
    directory: Path,
    files: Mapping[str, bytes],
    *,
    name: str = "demo",
    version: str = "1.0",
    executable: Iterable[str] = (),
    stored: Iterable[str] = (),
) -> Path:
    """A wheel with these files and its metadata."""
    path = directory / f"{name}-{version}-py3-none-any.whl"
    with zipfile.ZipFile(path, "w") as archive:
        for place, data in complete(files, name=name, version=version).items():
            info = zipfile.ZipInfo(place, (2024, 1, 1, 0, 0, 0))
            info.external_attr = (0o100755 if place in executable else 0o100644) << 16
            info.compress_type = zipfile.ZIP_STORED if place in stored else zipfile.ZIP_DEFLATED
            archive.writestr(info, data)
    return path
