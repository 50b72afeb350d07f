"""An index on 127.0.0.1 with wheels that can be installed, the only one that uv and pip know."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.lock.poetry.poetry_projects import put
from tests.solve.local_index import LocalIndex, served


@pytest.fixture
def index(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[LocalIndex]:
    """alpha asks for beta, and on Windows for gamma."""
    index = LocalIndex()
    put(index, "alpha", "1.0", "beta", "gamma; sys_platform == 'win32'")
    put(index, "beta", "1.0")
    put(index, "beta", "2.0")
    put(index, "gamma", "1.0")
    with served(index) as address:
        for name in [one for one in os.environ if one.startswith(("PIP_", "UV_INDEX", "UV_FIND"))]:
            monkeypatch.delenv(name)
        monkeypatch.setenv("PIP_CONFIG_FILE", os.devnull)
        monkeypatch.setenv("PIP_INDEX_URL", address)
        monkeypatch.setenv("PIP_DISABLE_PIP_VERSION_CHECK", "1")
        monkeypatch.setenv("PIP_NO_CACHE_DIR", "1")
        monkeypatch.setenv("UV_DEFAULT_INDEX", address)
        monkeypatch.setenv("UV_CACHE_DIR", str(tmp_path / "uv-cache"))
        monkeypatch.setenv("POETRY_CACHE_DIR", str(tmp_path / "poetry-cache"))
        yield index
