"""Real packages turned into conda's: a Python of this machine, and releases of the package index."""

import os
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

from samestack.solve.uv.index_settings import index_settings
from samestack.solve.uv.uv_program import uv_program
from tests.conda_channel import PackedFile, add_package

_LEFT_OUT: Final = frozenset(
    ("test", "idlelib", "tkinter", "turtledemo", "lib2to3", "ensurepip", "pydoc_data", "site-packages")
)
"""What no test needs of a Python, and what makes it large."""
_TELL: Final = "import sys; print(sys.base_prefix, '%d.%d.%d' % sys.version_info[:3])"


def add_python(channel: Path, interpreter: Path, *, depends: Sequence[str] = ("__glibc >=2.17",)) -> str:
    """Pack a real Python as conda's ``python``, without what no test needs; its release."""
    said = subprocess.run([interpreter, "-I", "-c", _TELL], capture_output=True, text=True, check=True).stdout
    root, release = said.split()
    files = dict(_python_files(Path(root), _series(release)))
    add_package(channel, f"python-{release}-0_cpython", depends=depends, files=files)
    return release


def add_distribution(
    channel: Path, requirement: str, interpreter: Path, *, depends: Sequence[str] = (), name: str = ""
) -> None:
    """Turn a release of the index, ``numpy==1.26.4``, into a conda package for the series of a Python.

    ``name`` is what conda calls it, where that is something else.
    """
    said = subprocess.run([interpreter, "-I", "-c", _TELL], capture_output=True, text=True, check=True).stdout
    series = _series(said.split()[1])
    own_name, _, version = requirement.partition("==")
    with tempfile.TemporaryDirectory() as place:
        target = Path(place, "unpacked")
        _unpack(requirement, interpreter, target)
        files = {
            f"lib/python{series}/site-packages/{path.relative_to(target)}": _file(path)
            for path in sorted(target.rglob("*"))
            if path.is_file() and not path.name.startswith(".lock")
        }
    build = f"py{series.replace('.', '')}_0"
    stem = f"{name or own_name}-{version}-{build}"
    add_package(channel, stem, depends=[f"python {series}.*", *depends], files=files)


def _unpack(requirement: str, interpreter: Path, target: Path) -> None:
    uv = uv_program()
    words = ("--no-deps", "--target", target, "--python", interpreter, "--only-binary", ":all:")
    environment = {**os.environ, **index_settings(uv).environment}
    command: list[str | Path] = [uv, "pip", "install", *words, "--no-progress", requirement]
    subprocess.run(command, env=environment, check=True, capture_output=True)


def _file(path: Path) -> PackedFile:
    is_installer = path.name == "INSTALLER"
    return PackedFile(data=b"conda\n" if is_installer else path.read_bytes(), is_program=_is_program(path))


def _python_files(root: Path, series: str) -> Iterator[tuple[str, PackedFile]]:
    yield f"bin/python{series}", _relocatable(root / f"bin/python{series}", root)
    yield from ((f"bin/{name}", PackedFile(link=f"python{series}")) for name in ("python", "python3"))
    for library in root.glob(f"lib/libpython{series}*.so.*"):
        yield f"lib/{library.name}", _relocatable(library, root)
    standard = root / f"lib/python{series}"
    yield f"lib/python{series}/site-packages/README.txt", PackedFile()
    for path in sorted(standard.rglob("*")):
        part = path.relative_to(standard).parts[0]
        is_needed = part not in _LEFT_OUT and not part.startswith("config-") and path.suffix != ".pyc"
        if is_needed and path.is_file():
            data = path.read_bytes()
            names_prefix = path.suffix == ".py" and os.fsencode(root) in data
            file = PackedFile(data=data, placeholder=str(root) if names_prefix else "")
            yield f"lib/python{series}/{path.relative_to(standard)}", file


def _relocatable(path: Path, root: Path) -> PackedFile:
    """A binary that looks for its libraries from where it is itself, as conda builds them."""
    there, here = os.fsencode(root / "lib"), b"$ORIGIN/../lib"
    data = path.read_bytes().replace(there + b"\0", here.ljust(len(there) + 1, b"\0"))
    return PackedFile(data=data, is_program=True)


def _is_program(path: Path) -> bool:
    return os.access(path, os.X_OK)


def _series(release: str) -> str:
    return ".".join(release.split(".")[:2])
