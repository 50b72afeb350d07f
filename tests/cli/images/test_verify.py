"""``image verify`` on a layout, as people run it."""

import json
from pathlib import Path

import pytest

from tests.cli.images.actions import run_action
from tests.image.verifying.locked_images import PREFIX, SITE, built, lock_in
from tests.image.verifying.written_layouts import write_layout


@pytest.fixture(autouse=True)
def _own_caches(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SAMESTACK_CACHE", str(tmp_path / "caches"))


@pytest.fixture(name="project")
def _project(tmp_path: Path) -> Path:
    """A directory with a lock, its wheels, an image of it and one that somebody altered."""
    lock_in(tmp_path)
    write_layout(built(tmp_path), tmp_path / "whole")
    write_layout(built(tmp_path, {f"{SITE}/spy.py": b"1"}), tmp_path / "altered")
    return tmp_path


def test_an_image_of_the_lock(project: Path) -> None:
    status, output, _ = run_action("verify", f"oci:{project / 'whole'}", "--project", str(project))
    assert status == 0
    assert "It is what its lock says." in output
    assert f"in {PREFIX}" in output


def test_an_altered_image_fails(project: Path) -> None:
    words = ("verify", f"oci:{project / 'altered'}", str(project / "pylock.toml"), "--format", "json")
    status, output, _ = run_action(*words)
    found = json.loads(output)
    assert (status, found["is_whole"]) == (1, False)
    assert [(one["kind"], one["subject"]) for one in found["deviations"]] == [
        ("extra-file", f"/{SITE}/spy.py")
    ]


def test_the_name_of_the_file_tells_the_format(project: Path) -> None:
    page = project / "page.html"
    lock = str(project / "pylock.toml")
    assert run_action("verify", f"oci:{project / 'altered'}", lock, "-o", str(page))[:2] == (1, "")
    assert "<!doctype html>" in page.read_text()


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("--prefix", "/srv/venv"), "there is no environment for Python 3.11 at /srv/venv"),
        (("--platform", "linux/arm64"), "it is not for linux/arm64"),
        (("--platform", "amiga"), "'amiga' is no platform"),
    ],
)
def test_what_cannot_be_is_said(project: Path, words: tuple[str, ...], message: str) -> None:
    lock = str(project / "pylock.toml")
    status, output, messages = run_action("verify", f"oci:{project / 'whole'}", lock, *words)
    assert (status, output) == (2, "")
    assert message in messages
    assert "hint: None" not in messages


def test_without_a_lock_there_is_nothing_to_hold_it_against(project: Path, tmp_path: Path) -> None:
    empty = tmp_path / "empty"
    empty.mkdir()
    status, _, messages = run_action("verify", f"oci:{project / 'whole'}", "--project", str(empty))
    assert status == 2
    assert "there is no lock to hold the image against" in messages


def test_an_image_that_is_nowhere(project: Path) -> None:
    status, _, messages = run_action("verify", f"oci:{project / 'none'}", str(project / "pylock.toml"))
    assert (status, "no such layout or archive" in messages) == (2, True)
