"""The environment of an image equals, file by file, what uv installs from the same wheels.

Real wheels from the configured package index: every kind of ``.data`` directory, entry points, compiled
modules, long paths; and one that has what few real ones have, such as graphical commands.
"""

import csv
import hashlib
import io
import re
import stat
import sys
import tarfile
from pathlib import Path
from typing import Final

import pytest

from samestack.image.layers.writing import write_layer
from samestack.image.wheels.archive import Wheel, read_wheel
from samestack.image.wheels.conflicts import conflicts
from samestack.image.wheels.digests import installed_digests
from samestack.image.wheels.installing import placed
from samestack.process import run
from samestack.solve.uv.uv_program import uv_program
from tests.image.wheels.test_installing import FILES
from tests.image.wheels.wheel_maker import make_wheel

pytestmark = [pytest.mark.registry, pytest.mark.service]

SERIES = "{}.{}".format(*sys.version_info[:2])
NAMES: Final = (
    *("argcomplete", "black", "click", "cysignals", "dill", "flask", "fonttools", "greenlet", "igraph"),
    *("ipykernel", "jinja2", "jmespath", "jsonpatch", "jupyter-core", "libclang", "meson", "mutagen"),
    *("nbconvert", "ninja", "notebook-shim", "numpy", "pillow", "pip", "protobuf", "pyyaml", "ruff", "scapy"),
    *("setuptools", "tox", "typer", "webcolors", "xlrd", "xyzservices"),
)
EXCEPTIONS: Final = {
    "REQUESTED": "whether somebody asked for a package is not a property of its wheel",
    "uv_cache.json": "when uv saw a file of this machine; it writes none for what it fetches",
    "INSTALLER": "it names who placed the files, which is not uv",
    "RECORD": "without the rows of the files above it must be the same",
}
"""Files of the metadata that differ, and why."""


@pytest.fixture(scope="module")
def wheels(tmp_path_factory: pytest.TempPathFactory) -> tuple[Wheel, ...]:
    """The wheels, fetched once."""
    directory = tmp_path_factory.mktemp("wheels")
    run(
        [
            *(sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--only-binary", ":all:"),
            *("--disable-pip-version-check", "--dest", directory, *NAMES),
        ],
        timeout=600,
    )
    make_wheel(directory, FILES, name="demo", executable=["demo/tool.sh"])
    return tuple(read_wheel(path) for path in sorted(directory.glob("*.whl")))


@pytest.fixture(scope="module")
def prefix(wheels: tuple[Wheel, ...], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An environment that uv made of them."""
    path = tmp_path_factory.mktemp("environment") / "venv"
    uv = uv_program()
    requirements = path.with_name("requirements.txt")
    requirements.write_text(
        "".join(f"{one.name}=={one.version} --hash=sha256:{one.sha256}\n" for one in wheels)
    )
    run([uv, "venv", "--quiet", "--no-project", "--python", sys.executable, path], timeout=60)
    made = _files(path)
    run(
        [
            *(uv, "pip", "install", "--quiet", "--no-deps", "--no-index", "--require-hashes"),
            *("--python", path / "bin/python", "--find-links", wheels[0].path.parent, "-r", requirements),
        ],
        timeout=300,
    )
    for name in made:
        (path / name).unlink()
    (path / ".lock").unlink(missing_ok=True)
    return path


@pytest.fixture(scope="module")
def image(wheels: tuple[Wheel, ...], prefix: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same environment, unpacked from one layer a wheel."""
    root = tmp_path_factory.mktemp("image")
    for wheel in wheels:
        out = io.BytesIO()
        write_layer(placed(wheel, str(prefix), SERIES), out, moment=0)
        out.seek(0)
        with tarfile.open(fileobj=out, mode="r:gz") as archive:
            archive.extractall(root, filter="tar")
    return root / str(prefix)[1:]


def test_they_have_the_same_files(prefix: Path, image: Path) -> None:
    installed = {name for name in _files(prefix) if not _is_only_uvs(name)}
    assert _files(image) == installed
    assert len(installed) > 4000


def test_every_file_has_the_same_bytes_and_mode(prefix: Path, image: Path) -> None:
    for name in _files(image):
        ours, theirs = image / name, prefix / name
        if not _is_exception(name):
            assert stat.S_IMODE(ours.stat().st_mode) == stat.S_IMODE(theirs.stat().st_mode), name
            assert ours.read_bytes() == theirs.read_bytes(), name


def test_they_record_the_same(prefix: Path, image: Path) -> None:
    records = [name for name in _files(image) if _is_exception(name) and name.endswith("RECORD")]
    assert len(records) == len(NAMES) + 1
    for name in records:
        assert _rows(image / name) == _rows(prefix / name), name


def test_digests_are_those_of_what_uv_installed(wheels: tuple[Wheel, ...], prefix: Path) -> None:
    for wheel in wheels:
        for path, digest in installed_digests(wheel, str(prefix), SERIES).items():
            if Path(path).name not in EXCEPTIONS:
                assert digest == hashlib.sha256(Path("/", path).read_bytes()).hexdigest(), path


def test_nothing_of_them_is_in_conflict(wheels: tuple[Wheel, ...]) -> None:
    entries = {wheel.name: placed(wheel, "/opt/venv", SERIES) for wheel in wheels}
    assert conflicts(entries) == ()


def test_the_wheels_have_what_is_to_be_compared(wheels: tuple[Wheel, ...]) -> None:
    """Otherwise the tests above say less than they claim."""
    kinds = {
        name.split("/")[1]
        for wheel in wheels
        if wheel.name != "demo"
        for name in wheel.files
        if name.startswith(f"{wheel.stem}.data/")
    }
    assert kinds == {"data", "headers", "platlib", "scripts"}
    assert sum(wheel.described("entry_points.txt") is not None for wheel in wheels) > 8
    assert any(
        len(f"opt/venv/lib/python3.11/site-packages/{name}") > 100 for wheel in wheels for name in wheel.files
    )


def _files(directory: Path) -> set[str]:
    return {
        str(path.relative_to(directory))
        for path in directory.rglob("*")
        if not path.is_dir() or path.is_symlink()
    }


def _is_exception(path: str) -> bool:
    """Whether it is one of the exceptions, in the metadata of an installed package itself."""
    return re.search(rf"(^|/site-packages/)[^/]+\.dist-info/({'|'.join(EXCEPTIONS)})$", path) is not None


def _is_only_uvs(path: str) -> bool:
    return _is_exception(path) and path.endswith(("REQUESTED", "uv_cache.json"))


def _rows(record: Path) -> list[list[str]]:
    """Without those of the exceptions."""
    rows = list(csv.reader(record.read_text().splitlines()))
    assert rows == sorted(rows)
    return [row for row in rows if not _is_exception(row[0])]
