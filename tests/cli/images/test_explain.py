"""``image explain`` on a layout, as people run it."""

import json
from pathlib import Path

import pytest

from tests.cli.images.actions import run_action
from tests.image.sizes.made_images import MadeLayer
from tests.image.verifying.locked_images import SITE, built, lock_in
from tests.image.verifying.written_layouts import write_layout

OLD = {f"{SITE}/more-1.dist-info/RECORD": b"more-1.dist-info/RECORD,,\n"}


@pytest.fixture(autouse=True)
def _own_caches(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SAMESTACK_CACHE", str(tmp_path / "caches"))


@pytest.fixture(name="project")
def _project(tmp_path: Path) -> Path:
    """A directory with a lock, an image of it, and an image with a layer more."""
    lock_in(tmp_path)
    write_layout(built(tmp_path), tmp_path / "image")
    write_layout(built(tmp_path, MadeLayer(files=OLD, command="RUN pip install more")), tmp_path / "old")
    return tmp_path


def test_a_table(project: Path) -> None:
    status, output, _ = run_action("explain", f"oci:{project / 'image'}")
    assert status == 0
    assert "in 2 layers" in output
    assert "demo 1.0" in output


def test_what_a_lock_would_move(project: Path) -> None:
    words = (
        "explain",
        f"oci:{project / 'old'}",
        "--against",
        str(project / "pylock.toml"),
        "--format",
        "json",
    )
    status, output, _ = run_action(*words, "--project", str(project))
    movement = json.loads(output)["movement"]
    assert (status, movement["is_exact"]) == (0, False)
    assert [one["title"] for one in movement["moved"]] == ["RUN pip install more"]
    assert movement["changes"] == [{"name": "more", "before": "1"}]


def test_what_another_image_would_move(project: Path) -> None:
    words = ("explain", f"oci:{project / 'image'}", "--against", f"oci:{project / 'old'}", "--format", "json")
    movement = json.loads(run_action(*words)[1])["movement"]
    assert movement["is_exact"]
    assert [one["title"] for one in movement["moved"]] == ["RUN pip install more"]
    assert movement["bytes"] > 0 < movement["kept"]


def test_a_page_with_a_treemap(project: Path) -> None:
    page = project / "page.html"
    assert run_action("explain", f"oci:{project / 'image'}", "-o", str(page))[:2] == (0, "")
    assert "<svg" in page.read_text()


def test_against_what_is_nowhere(project: Path) -> None:
    status, output, messages = run_action("explain", f"oci:{project / 'image'}", "--against", "none.toml")
    assert (status, output) == (2, "")
    assert "no such layout or archive" in messages
