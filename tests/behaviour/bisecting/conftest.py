"""What the tests of whole bisections share."""

from pathlib import Path

import pytest


@pytest.fixture(autouse=True)
def own_store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep what one test unpacks from the others: their indexes have other files for the same releases."""
    monkeypatch.setenv("SAMESTACK_CACHE", str(tmp_path / "own-cache"))
