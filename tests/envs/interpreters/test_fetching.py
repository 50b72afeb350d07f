"""uv fetches a real Python, packed here, from a list of downloads that names a file of this machine."""

import json
import os
import sys
import tarfile
from pathlib import Path

import pytest

from samestack.envs.interpreters import fetching
from samestack.envs.interpreters.wanted import Wanted
from samestack.errors import OutsideError
from samestack.process import run

SERIES = f"{sys.version_info.major}.{sys.version_info.minor}"
RELEASE = f"{SERIES}.{sys.version_info.micro}"
LEFT_OUT = {"site-packages", "test", "tests", "__pycache__", "idlelib", "ensurepip", "lib2to3"}


def packed(path: Path) -> Path:
    """An archive as those that uv fetches, of the running Python without what this test does not need."""
    prefix = Path(sys.base_prefix)
    library = prefix / f"lib/python{SERIES}"

    def wanted(member: tarfile.TarInfo) -> tarfile.TarInfo | None:
        name = Path(member.name).name
        return None if name in LEFT_OUT or name.endswith(".a") else member

    with tarfile.open(path, "w:gz", compresslevel=1) as archive:
        archive.add(prefix / f"bin/python{SERIES}", f"python/bin/python{SERIES}")
        archive.add(library, f"python/lib/python{SERIES}", filter=wanted)
        for shared in (prefix / "lib").glob("libpython*.so*"):
            archive.add(shared, f"python/lib/{shared.name}")
    return path


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return packed(tmp_path_factory.mktemp("archive") / "python.tar.gz")


@pytest.fixture
def downloads(archive: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A machine on which uv has no Python, and knows of one that it can fetch."""
    system = os.uname()
    (tmp_path / "python.tar.gz").symlink_to(archive)
    entry = {
        "name": "cpython",
        "arch": {"family": system.machine, "variant": None},
        "os": "linux",
        "libc": "gnu",
        "major": sys.version_info.major,
        "minor": sys.version_info.minor,
        "patch": sys.version_info.micro,
        "prerelease": "",
        "url": (tmp_path / "python.tar.gz").as_uri(),
        "sha256": None,
        "variant": None,
    }
    file = tmp_path / "downloads.json"
    file.write_text(json.dumps({f"cpython-{RELEASE}-linux-{system.machine}-gnu": entry}))
    monkeypatch.setenv("UV_PYTHON_DOWNLOADS_JSON_URL", str(file))
    monkeypatch.setenv("UV_PYTHON_INSTALL_DIR", str(tmp_path / "pythons"))
    monkeypatch.setenv("UV_HTTP_RETRIES", "0")
    monkeypatch.delenv("UV_PYTHON_DOWNLOADS", raising=False)
    return tmp_path


@pytest.mark.parametrize("wanted", [Wanted(version=SERIES), Wanted(requires=f">={SERIES},<={RELEASE}")])
def test_a_python_is_fetched_and_runs(downloads: Path, wanted: Wanted) -> None:
    path = fetching.fetch(wanted)
    assert path.is_relative_to(downloads / "pythons")
    assert run([path, "-c", "import sys; print('%d.%d.%d' % sys.version_info[:3])"]).output == f"{RELEASE}\n"


def test_a_python_that_uv_does_not_know_of(downloads: Path) -> None:
    with pytest.raises(OutsideError, match=r"No download found for request: cpython-3\.42"):
        fetching.fetch(Wanted(version="3.42"))


def test_a_file_that_is_not_what_it_should_be_is_an_error_and_leaves_no_python(downloads: Path) -> None:
    (downloads / "python.tar.gz").unlink()
    (downloads / "python.tar.gz").write_bytes(b"no archive")
    with pytest.raises(OutsideError):
        fetching.fetch(Wanted(version=SERIES))
    assert not list((downloads / "pythons").glob("cpython-*"))
