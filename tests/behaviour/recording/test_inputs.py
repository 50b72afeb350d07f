"""The inputs are the files of a directory, in an order that every machine has."""

import hashlib
from pathlib import Path

import pytest

from samestack.behaviour.recording import inputs
from samestack.behaviour.recording.inputs import inputs_at
from samestack.behaviour.recording.recording import Input
from samestack.errors import RequestError


def test_the_files_of_a_directory(tmp_path: Path) -> None:
    for name in ("b.png", "a/2.png", "a/10.png", ".hidden", ".git/config", "a.png"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(name)
    found = inputs_at(tmp_path)
    assert [one.name for one in found] == ["a/10.png", "a/2.png", "a.png", "b.png"]
    first = next(iter(found))
    assert first == Input(name="a/10.png", sha256=hashlib.sha256(b"a/10.png").hexdigest(), size=8)
    assert found[first] == tmp_path / "a/10.png"


def test_one_file(tmp_path: Path) -> None:
    (tmp_path / "a.png").write_text("x")
    assert [one.name for one in inputs_at(tmp_path / "a.png")] == ["a.png"]


def test_links_to_files_are_inputs(tmp_path: Path) -> None:
    (tmp_path / "there").write_text("x")
    (tmp_path / "plates").mkdir()
    (tmp_path / "plates/a.png").symlink_to(tmp_path / "there")
    (tmp_path / "plates/broken").symlink_to(tmp_path / "nowhere")
    assert [one.size for one in inputs_at(tmp_path / "plates")] == [1]


def test_what_is_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(RequestError, match="no such file or directory"):
        inputs_at(tmp_path / "nowhere")
    with pytest.raises(RequestError, match="holds no files"):
        inputs_at(tmp_path)
    (tmp_path / "a").write_text("x")
    monkeypatch.setattr(inputs, "MAX_INPUTS", 0)
    with pytest.raises(RequestError, match="more than 0 files"):
        inputs_at(tmp_path)
