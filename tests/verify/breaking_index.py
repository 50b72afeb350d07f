"""A local index of small real wheels whose modules import each other as their metadata do not say."""

import base64
import hashlib
import io
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from samestack.lock.decision import LockOptions
from samestack.progress import SILENT
from samestack.project.reading import read_project
from samestack.verify.entry import verify
from samestack.verify.verification import Verification
from tests.solve.local_index import LocalIndex, served

TAG = "py3-none-any"


def add(
    index: LocalIndex,
    name: str,
    version: str,
    code: str,
    *needs: str,
    day: str = "2022-06-01",
    has_record: bool = True,
) -> None:
    """Put a wheel there with one module of the package's name, uploaded at noon of a day.

    Without its RECORD every installer refuses it.
    """
    file = f"{name}-{version}-{TAG}.whl"
    index.files[file] = module_wheel(name, version, code, needs, has_record=has_record)
    index.details[file] = {"requires-python": "", "upload-time": f"{day}T12:00:00Z"}


def module_wheel(
    name: str, version: str, code: str, needs: tuple[str, ...], *, has_record: bool = True
) -> bytes:
    """The bytes of a wheel that installers take without complaint."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for path, text in module_files(name, version, code, needs).items():
            if has_record or not path.endswith("/RECORD"):
                archive.writestr(path, text)
    return packed.getvalue()


def module_files(name: str, version: str, code: str, needs: tuple[str, ...]) -> dict[str, str]:
    """The files of a distribution with one module, by their paths in a site directory."""
    folder = f"{name}-{version}.dist-info"
    metadata = [f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}"]
    metadata += [f"Requires-Dist: {need}" for need in needs]
    files = {
        f"{name}.py": code,
        f"{folder}/METADATA": "\n".join(metadata) + "\n\n",
        f"{folder}/WHEEL": f"Wheel-Version: 1.0\nGenerator: tests\nRoot-Is-Purelib: true\nTag: {TAG}\n",
        f"{folder}/top_level.txt": f"{name}\n",
    }
    rows = [f"{path},{_hash(text.encode())},{len(text.encode())}" for path, text in files.items()]
    return {**files, f"{folder}/RECORD": "\n".join((*rows, f"{folder}/RECORD,,")) + "\n"}


@contextmanager
def alone(index: LocalIndex, patch: pytest.MonkeyPatch, cache: Path) -> Iterator[None]:
    """Let every uv that is started use this index and no other, and a cache that nobody else uses."""
    with served(index) as address:
        for name, value in {
            "UV_DEFAULT_INDEX": address,
            "UV_CACHE_DIR": str(cache),
            "UV_HTTP_RETRIES": "0",
        }.items():
            patch.setenv(name, value)
        yield


def project_of(directory: Path, *requirements: str, more: str = "") -> Path:
    """A project with these dependencies."""
    asked = ", ".join(f'"{one}"' for one in requirements)
    directory.mkdir(exist_ok=True)
    (directory / "pyproject.toml").write_text(
        f'[project]\nname = "example"\nversion = "1"\ndependencies = [{asked}]\n'
        f'[tool.samestack]\nplatforms = ["linux-64"]\n{more}'
    )
    return directory


def verified(directory: Path) -> Verification:
    """What comes of verifying the project there."""
    return verify(read_project(directory), LockOptions(), SILENT)


def _hash(data: bytes) -> str:
    return "sha256=" + base64.urlsafe_b64encode(hashlib.sha256(data).digest()).rstrip(b"=").decode()
