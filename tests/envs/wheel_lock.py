"""A project with a lock of small wheels that lie beside it: environments of it need no index."""

import hashlib
import zipfile
from pathlib import Path


def locked_project(directory: Path, **releases: str) -> Path:
    """A project that asks for these packages, each a module with a ``__version__``, and its lock."""
    (directory / "wheels").mkdir(parents=True, exist_ok=True)
    asked = ", ".join(f'"{name}"' for name in releases)
    (directory / "pyproject.toml").write_text(
        f'[project]\nname = "{directory.name}"\nversion = "1"\ndependencies = [{asked}]\n'
    )
    entries = [_entry(_wheel(directory / "wheels", name, version)) for name, version in releases.items()]
    (directory / "pylock.toml").write_text('lock-version = "1.0"\ncreated-by = "test"\n' + "".join(entries))
    return directory.resolve()


def _wheel(directory: Path, name: str, version: str) -> Path:
    path = directory / f"{name}-{version}-py3-none-any.whl"
    information = f"{name}-{version}.dist-info"
    files = {
        f"{name}/__init__.py": f'__version__ = "{version}"\n',
        f"{information}/METADATA": f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n",
        f"{information}/WHEEL": "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
    }
    record = "".join(f"{file},,\n" for file in (*files, f"{information}/RECORD"))
    with zipfile.ZipFile(path, "w") as archive:
        for file, text in {**files, f"{information}/RECORD": record}.items():
            archive.writestr(zipfile.ZipInfo(file, (2024, 1, 1, 0, 0, 0)), text)
    return path


def _entry(wheel: Path) -> str:
    name, version = wheel.name.split("-")[:2]
    digest = hashlib.sha256(wheel.read_bytes()).hexdigest()
    return (
        f'\n[[packages]]\nname = "{name}"\nversion = "{version}"\n\n[[packages.wheels]]\n'
        f'path = "wheels/{wheel.name}"\nhashes = {{sha256 = "{digest}"}}\n'
    )
