"""A directory that programs start in, and a machine on which nothing else is configuration."""

from pathlib import Path

import pytest


@pytest.fixture
def program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The working directory; no secret is mounted."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SAMESTACK_SECRETS", "")
    for name in ("SAMESTACK_PROFILE", "SAMESTACK_CONFIG_DIRECTORY"):
        monkeypatch.delenv(name, raising=False)
    (tmp_path / "config").mkdir()
    return tmp_path


@pytest.fixture
def base(program: Path) -> Path:
    """Its base document, with what there has to be."""
    file = program / "config" / "base.toml"
    file.write_text('api_key = "k-base"\n[database]\nurl = "sqlite://"\n')
    return file
