"""Digests come from whoever knows them: the name itself, the registry, or an engine that has pulled it."""

import json
import os
from pathlib import Path

import pytest

from samestack.errors import RequestError
from samestack.image.dockerfile.pinning import pinned

DIGEST = "sha256:" + "5a" * 32


@pytest.fixture
def engine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """What stands in for an engine that has pulled images: none can be pulled here."""
    program = tmp_path / "docker"
    digests = [f"mirror.example.com/other@sha256:{'0' * 64}", f"python@{DIGEST}"]
    told = json.dumps([{"Id": DIGEST, "RepoDigests": digests}])
    program.write_text(f"#!/bin/sh\n[ \"$4\" = python:3.11 ] && echo '{told}'\n")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}{os.environ['PATH']}")
    monkeypatch.setenv("SAMESTACK_ENGINE", "docker")
    return program


def test_a_digest_that_is_said() -> None:
    assert pinned(f"python@{DIGEST}") == f"python@{DIGEST}"


def test_what_an_engine_pulled(engine: Path) -> None:
    assert pinned("python:3.11") == f"python:3.11@{DIGEST}"


@pytest.mark.parametrize(
    "said", ["", "not JSON", "[]", "{}", "[1]", '[{"Id": "1", "RepoDigests": ["python@sha256:1"]}]']
)
def test_what_no_engine_knows(engine: Path, said: str) -> None:
    engine.write_text(f"#!/bin/sh\necho '{said}'\n")
    with pytest.raises(RequestError, match="no digest is known here") as raised:
        pinned("python:3.11")
    assert "--base python:3.11@sha256:..." in (raised.value.hint or "")
