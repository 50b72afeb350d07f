"""An index for the whole of a file, since it only answers."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.lock.projects import MANIFEST, alone, small_index, write_files


@pytest.fixture(scope="module", autouse=True)
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    patch = pytest.MonkeyPatch()
    with alone(small_index(), patch, tmp_path_factory.mktemp("uv-cache")) as found:
        yield found
    patch.undo()


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return write_files(tmp_path / "project", {"pyproject.toml": MANIFEST})
