"""A Dockerfile of a lock of conda's: its own list of files, and the index's wheels on top."""

import subprocess
import sys
from pathlib import Path

import pytest

from samestack.errors import RequestError
from samestack.image.dockerfile.choices import Choices, Dockerfile
from samestack.image.dockerfile.entry import dockerfile
from samestack.image.settings import ImageSettings
from samestack.lock.conda.exports import explicit_list
from samestack.lock.deciding import write
from samestack.lock.reading import read_lock
from samestack.oci.platform import AMD64, ARM64, Platform
from samestack.project.reading import read_project
from tests.image.dockerfile.small_project import DIGEST, text_of
from tests.lock.conda.conftest import channel, index, uv_cache
from tests.lock.conda.deciding import decided, project
from tests.solve.local_index import LocalIndex

__all__ = ["channel", "index", "uv_cache"]


def made(directory: Path, *, platform: Platform = AMD64, has_buildkit: bool = True) -> Dockerfile:
    choices = Choices(platform=platform, has_buildkit=has_buildkit)
    lock = read_lock(directory / "pixi.lock")
    return dockerfile(read_project(directory), lock, ImageSettings(), choices, pin=lambda name: name + DIGEST)


def linted(found: Dockerfile, directory: Path) -> str:
    (directory / "Dockerfile").write_text(text_of(found))
    command: list[str | Path] = [Path(sys.executable).parent / "hadolint", directory / "Dockerfile"]
    return subprocess.run(command, capture_output=True, text=True, check=False).stdout


@pytest.mark.parametrize("has_buildkit", [True, False])
def test_with_wheels_on_top(channel: Path, index: LocalIndex, tmp_path: Path, *, has_buildkit: bool) -> None:
    write(decided(project(tmp_path, channel, "python=3.10", "numpy=1.26", pip=["framer"])))
    found = made(tmp_path, has_buildkit=has_buildkit)
    assert found.files["requirements.image/conda.txt"] == explicit_list(read_lock(tmp_path / "pixi.lock"))
    on_top = found.files["requirements.image/index.txt"].decode()
    assert "framer==1.0 \\\n    --hash=sha256:" in on_top
    assert "numpy" not in on_top
    assert "COPY --from=index /opt/index /opt/venv" in text_of(found)
    assert f"FROM mambaorg/micromamba:2-debian12-slim{DIGEST} AS conda" in text_of(found)
    assert found.base == f"debian:bookworm-slim{DIGEST}"
    assert linted(found, tmp_path) == ""


def test_without_wheels_nothing_of_the_index_is_needed(
    channel: Path, index: LocalIndex, tmp_path: Path
) -> None:
    write(decided(project(tmp_path, channel, "python=3.10")))
    found = made(tmp_path)
    assert [name for name in found.files if name.endswith(".txt")] == ["requirements.image/conda.txt"]
    assert "uv" not in text_of(found)
    assert linted(found, tmp_path) == ""


def test_another_platform_than_can_be_listed_here(channel: Path, index: LocalIndex, tmp_path: Path) -> None:
    write(decided(project(tmp_path, channel, "python=3.10")))
    with pytest.raises(RequestError, match="only its packages for linux-64"):
        made(tmp_path, platform=ARM64)


def test_a_lock_without_a_python(channel: Path, index: LocalIndex, tmp_path: Path) -> None:
    write(decided(project(tmp_path, channel, "openssl")))
    with pytest.raises(RequestError, match="it has no Python"):
        made(tmp_path)
