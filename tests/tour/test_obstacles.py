"""Where an extra is missing, the tour names it and ends well."""

import io
from pathlib import Path

import pytest
from rich.console import Console

from samestack.cli.main import main
from samestack.errors import RequestError
from samestack.progress import SILENT
from samestack.tour import obstacles, story
from samestack.tour.obstacles import no_recording, no_solver
from samestack.tour.story import tell


def told(directory: Path) -> str:
    page = io.StringIO()
    tell(directory, Console(file=page, width=200), SILENT, is_full=False)
    return page.getvalue()


def test_nothing_is_in_the_way_here() -> None:
    assert no_solver() == ""


def test_without_uv_it_names_the_extra_and_makes_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def missing() -> Path:
        raise RequestError("uv is not here", hint='pip install "samestack[envs]"')

    monkeypatch.setattr(obstacles, "uv_program", missing)
    assert main(["tour", "--directory", str(tmp_path / "tour")]) == 0
    assert 'uv is not here; pip install "samestack[envs]"' in " ".join(capsys.readouterr().out.split())
    assert not (tmp_path / "tour").exists()


def test_without_numpy_it_ends_after_the_first_half(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(obstacles, "_LIBRARIES", ("json", "no_such_library"))
    monkeypatch.setattr(story, "tell_two_machines", lambda stage, *_: stage.tell("the first half"))
    page = told(tmp_path)
    assert page.index("the first half") < page.index("no_such_library")
    assert 'pip install "samestack[behaviour]"' in page


def test_another_platform_than_that_of_the_locks_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(obstacles, "_LIBRARIES", ())
    monkeypatch.setattr(obstacles, "this_platform", lambda: "win-64")
    assert no_recording() == "its two locks are for linux-64, and this is win-64"
    monkeypatch.setattr(obstacles, "this_platform", lambda: "linux-64")
    assert no_recording() == ""
