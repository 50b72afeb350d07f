"""Projects of Poetry's whose packages come from an index on 127.0.0.1, with wheels that can be installed."""

import base64
import hashlib
import io
import sys
import zipfile
from pathlib import Path

from samestack.project.manifest import Project
from samestack.project.reading import read_project
from tests.solve.local_index import LocalIndex

SERIES = f"{sys.version_info[0]}.{sys.version_info[1]}"

MANIFEST = """\
[project]
name = "demo"
version = "0.1"
requires-python = ">=3.9,<4"
dependencies = [{dependencies}]

[tool.poetry]
package-mode = false

[[tool.poetry.source]]
name = "local"
url = "{address}/"
priority = "primary"

[tool.samestack]
python = "{series}"
platforms = ["linux-64"]
"""


def project_of(directory: Path, address: str, *dependencies: str, more: str = "") -> Project:
    """A project that asks for these."""
    directory.mkdir(parents=True, exist_ok=True)
    quoted = ", ".join(f'"{one}"' for one in dependencies)
    text = MANIFEST.format(dependencies=quoted, address=address, series=SERIES) + more
    (directory / "pyproject.toml").write_text(text)
    return read_project(directory)


def put(index: LocalIndex, name: str, version: str, *needs: str, tag: str = "py3-none-any") -> None:
    """Into the index: a wheel with one module and one command."""
    file = index.add(name, version, *needs, tag=tag)
    index.files[file] = installable(name, version, needs, tag)


def installable(name: str, version: str, needs: tuple[str, ...], tag: str) -> bytes:
    """The bytes of a wheel; its module says which version it is, and so does its command."""
    folder = f"{name}-{version}.dist-info"
    metadata = [f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}"]
    metadata += [f"Requires-Dist: {need}" for need in needs]
    files = {
        f"{name}.py": f"version = {version!r}\n\ndef say():\n    print(version)\n",
        f"{folder}/METADATA": "\n".join(metadata) + "\n\n",
        f"{folder}/WHEEL": f"Wheel-Version: 1.0\nGenerator: tests\nRoot-Is-Purelib: true\nTag: {tag}\n",
        f"{folder}/entry_points.txt": f"[console_scripts]\nsay-{name} = {name}:say\n",
    }
    rows = [f"{path},sha256={_digest(text)},{len(text)}" for path, text in files.items()]
    files[f"{folder}/RECORD"] = "\n".join([*rows, f"{folder}/RECORD,,"]) + "\n"
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for path, text in files.items():
            archive.writestr(path, text)
    return packed.getvalue()


def _digest(text: str) -> str:
    return base64.urlsafe_b64encode(hashlib.sha256(text.encode()).digest()).rstrip(b"=").decode()
