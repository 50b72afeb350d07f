"""Uv's own indexes are asked of uv; pip's are passed on where uv has none."""

import os
from pathlib import Path

import pytest

from samestack.solve.uv import index_settings as module
from samestack.solve.uv.index_settings import index_settings
from samestack.solve.uv.uv_program import uv_program

OWN = "https://own.example/simple"


@pytest.fixture(autouse=True)
def nothing_said(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in os.environ:
        if name.startswith(("UV_", "PIP_")):
            monkeypatch.delenv(name)
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("XDG_CONFIG_DIRS", str(tmp_path / "machine"))
    monkeypatch.setenv("PIP_CONFIG_FILE", os.devnull)
    monkeypatch.chdir(tmp_path)


def test_without_any_configuration_it_is_the_index_that_uv_uses_by_itself() -> None:
    found = index_settings(uv_program())
    assert len(found.indexes) == 1
    assert (found.environment, found.is_merged) == ({}, False)


def test_what_pip_is_told_is_passed_on_with_pips_own_way_of_choosing(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PIP_INDEX_URL", OWN)
    monkeypatch.setenv("PIP_EXTRA_INDEX_URL", "https://a.example https://b.example")
    found = index_settings(uv_program())
    assert found.indexes == ("https://a.example", "https://b.example", OWN)
    assert found.is_merged
    assert found.environment == {
        "UV_DEFAULT_INDEX": OWN,
        "UV_INDEX": "https://a.example https://b.example",
        "UV_INDEX_STRATEGY": "unsafe-best-match",
    }


def test_uvs_own_variables_win_over_pips(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PIP_INDEX_URL", "https://pip.example/simple")
    monkeypatch.setenv("UV_DEFAULT_INDEX", OWN)
    found = index_settings(uv_program())
    assert (found.indexes, found.environment) == ((OWN,), {})


def test_uvs_own_file_wins_over_pips(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PIP_INDEX_URL", "https://pip.example/simple")
    (tmp_path / "uv.toml").write_text(f'[[index]]\nurl = "{OWN}"\ndefault = true\n')
    found = index_settings(uv_program())
    assert (found.indexes, found.environment) == ((OWN,), {})


def test_uv_understands_what_it_is_told_of_pips_settings(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    places = [tmp_path / "one", tmp_path / "two"]
    for place in places:
        place.mkdir()
    monkeypatch.setenv("PIP_INDEX_URL", OWN)
    monkeypatch.setenv("PIP_EXTRA_INDEX_URL", "https://a.example/x https://b.example/x")
    monkeypatch.setenv("PIP_FIND_LINKS", " ".join(map(str, places)))
    told = index_settings(uv_program())
    monkeypatch.delenv("PIP_INDEX_URL")
    for name, value in told.environment.items():
        monkeypatch.setenv(name, value)
    again = module.index_settings(uv_program())
    assert again.indexes == told.indexes
    assert again.links == told.links == tuple(map(str, places))
    assert again.is_merged
