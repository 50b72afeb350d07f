"""Small wheels with real contents, and locks of them that need no index."""

import base64
import hashlib
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path

MANIFEST = '[project]\nname = "example"\nversion = "1"\nrequires-python = ">=3.9"\ndependencies = ["alpha"]\n'


def wheel(
    directory: Path, name: str, version: str, files: Mapping[str, str] | None = None, *, command: str = ""
) -> Path:
    """A wheel with a module of its name that knows its version, more files, and perhaps a command."""
    directory.mkdir(parents=True, exist_ok=True)
    path = directory / f"{name}-{version}-py3-none-any.whl"
    information = f"{name}-{version}.dist-info"
    contents = {
        f"{name}/__init__.py": f'__version__ = "{version}"\n\ndef main():\n    print("{name} {version}")\n',
        **(files or {}),
        f"{information}/METADATA": f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n",
        f"{information}/WHEEL": "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
    }
    if command:
        contents[f"{information}/entry_points.txt"] = f"[console_scripts]\n{command} = {name}:main\n"
    rows = [f"{file},{_hash(text)},{len(text.encode())}" for file, text in contents.items()]
    contents[f"{information}/RECORD"] = "\n".join((*rows, f"{information}/RECORD,,", ""))
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for file, text in contents.items():
            archive.writestr(zipfile.ZipInfo(file, (2024, 1, 1, 0, 0, 0)), text)
    return path


def many_files(name: str, count: int, version: str = "1") -> dict[str, str]:
    """Enough modules that installing them takes a moment, in a few directories."""
    return {f"{name}/part{number % 7}/module{number}.py": f"# {version}\n" for number in range(count)}


def lock_text(wheels: Sequence[Path], *, python: str = "", altered: str = "") -> str:
    """A ``pylock.toml`` with the addresses of wheels; a wrong hash for the package ``altered``."""
    entries = [_entry(path, is_altered=path.name.startswith(f"{altered}-")) for path in sorted(wheels)]
    table = f'\n[tool.samestack]\ncreated-by = "samestack 0"\npython = "{python}"\n' if python else ""
    head = 'lock-version = "1.0"\ncreated-by = "samestack"\nrequires-python = ">=3.9"\n'
    return "\n".join((head, *entries)) + table


def pinned_text(wheels: Sequence[Path]) -> str:
    """The same as a requirements file with hashes."""
    return "".join("{}=={} --hash=sha256:{}\n".format(*_said(path)) for path in sorted(wheels))


def project(directory: Path, wheels: Sequence[Path], *, manifest: str = MANIFEST) -> Path:
    """A project with a lock of these wheels, resolved."""
    directory.mkdir(parents=True, exist_ok=True)
    (directory / "pyproject.toml").write_text(manifest)
    (directory / "pylock.toml").write_text(lock_text(wheels))
    return directory.resolve()


def _entry(path: Path, *, is_altered: bool) -> str:
    name, version, digits = _said(path)
    said = "0" * 64 if is_altered else digits
    return (
        f'[[packages]]\nname = "{name}"\nversion = "{version}"\n'
        f'wheels = [{{ url = "{path.resolve().as_uri()}", hashes = {{ sha256 = "{said}" }} }}]\n'
    )


def _said(path: Path) -> tuple[str, str, str]:
    name, version = path.name.split("-")[:2]
    return name, version, hashlib.sha256(path.read_bytes()).hexdigest()


def _hash(text: str) -> str:
    digest = hashlib.sha256(text.encode()).digest()
    return f"sha256={base64.urlsafe_b64encode(digest).rstrip(b'=').decode()}"
