"""An index for each test, and a cache of Poetry's that nobody else uses."""

from collections.abc import Iterator

import pytest

from tests.lock.poetry.poetry_projects import put
from tests.solve.local_index import LocalIndex, served


@pytest.fixture(autouse=True)
def poetry_cache(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("POETRY_CACHE_DIR", str(tmp_path_factory.mktemp("poetry-cache")))


@pytest.fixture
def index() -> LocalIndex:
    """alpha asks for beta; of both there are two releases."""
    index = LocalIndex()
    for version in ("1.0", "2.0"):
        put(index, "alpha", version, "beta")
        put(index, "beta", version)
    put(index, "gamma", "1.0")
    return index


@pytest.fixture
def address(index: LocalIndex) -> Iterator[str]:
    with served(index) as address:
        yield address
