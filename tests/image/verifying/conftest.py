"""Tests keep what is remembered in a place of their own."""

from pathlib import Path

import pytest


@pytest.fixture(autouse=True)
def _own_caches(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SAMESTACK_CACHE", str(Path(tmp_path_factory.getbasetemp(), "caches")))
