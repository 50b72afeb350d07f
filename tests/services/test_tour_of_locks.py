"""The second half of the tour: recorded, replayed, bisected to the true pair, mended, and the same again."""

import io
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from msgspec import Struct
from rich.console import Console

from samestack.behaviour.recording.recording_file import read_recording
from samestack.lock.reading import read_lock
from samestack.model import Layer
from samestack.process import run
from samestack.progress import SILENT
from samestack.project.reading import read_project
from samestack.tour.cast import PRODUCTION, example_directory, people
from samestack.tour.environments import build
from samestack.tour.obstacles import no_recording
from samestack.tour.stage import Stage
from samestack.tour.two_locks import tell_two_locks
from tests.capture.real_environments import interpreter_of_series
from tests.services.requirement import unavailable

pytestmark = [pytest.mark.registry, pytest.mark.service]


class Tour(Struct, frozen=True):
    directory: Path
    page: str
    again: str
    """What a second tour said in the same place."""


@pytest.fixture(scope="module")
def tour(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Tour]:
    if lacking := no_recording():
        unavailable(lacking)
    interpreter_of_series("3.10")
    directory = tmp_path_factory.mktemp("tour")
    _, you = people(is_full=False)
    build(you, example_directory() / you.requirements, directory / "you")
    draw: list[str | Path] = [
        directory / "you/bin/python",
        "-m",
        "defect_detection",
        "draw",
        "--output",
        directory / "pictures",
    ]
    run(draw, environment={"PYTHONPATH": str(example_directory())})
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("SAMESTACK_STATE", str(directory / "state"))
        yield Tour(directory, told_in(directory), told_in(directory))
    shutil.rmtree(directory)


def told_in(directory: Path) -> str:
    page = io.StringIO()
    console = Console(file=page, width=110)
    tell_two_locks(Stage(directory=directory, example=example_directory(), console=console, reporter=SILENT))
    return page.getvalue()


def test_six_parts_are_judged_differently_in_production(tour: Tour) -> None:
    before, after = (
        read_recording(tour.directory / f"{name}.recording") for name in ("development", "production")
    )
    one, other = (
        {name: answer["verdict"] for name, answer in recording.runs[0].outputs.items()}
        for recording in (before, after)
    )
    differing = [name for name in one if one[name] != other[name]]
    assert 0 < len(differing) < len(one) / 2
    assert all(other[name] == "ok" for name in differing)
    assert f"{len(differing)} of {len(one)} pictures are judged differently" in tour.page
    assert "verdict" in (tour.directory / "replay.html").read_text()


def test_the_verdict_on_one_part_takes_two_changes_together(tour: Tour) -> None:
    report = (tour.directory / "part-017.bisect.txt").read_text()
    assert report.splitlines()[0].startswith("Found and proved: of ")
    assert report.splitlines()[0].endswith(" changes, pillow and scipy together make it bad.")
    assert "good up to 8.4.0, bad from 9.0.0" in report
    assert "good up to 1.8.1, bad from 1.9.0" in report
    assert "None of them does it alone" in tour.page


def test_all_verdicts_take_both_by_themselves_and_both_constraints(tour: Tour) -> None:
    report = (tour.directory / "disputed.bisect.txt").read_text()
    first = report.splitlines()[0]
    assert first.startswith("Found and proved: of ")
    assert sorted(first.partition("changes, ")[2].removesuffix(" make it bad.").split(" and ")) == [
        "pillow",
        "scipy",
    ]
    manifest = read_project(tour.directory / "mended").manifest
    assert {one.requirement for one in manifest.constraints} == {"pillow<9", "scipy<1.9"}
    assert all("samestack bisect" in one.reason for one in manifest.constraints)


def test_what_is_mended_answers_as_development_and_changes_little_else(tour: Tour) -> None:
    assert "Everything is answered the same" in tour.page
    assert "Found, proved and mended by " in tour.page
    production, mended = (
        {one.name: one.version for one in read_lock(path).snapshot.stack.layer(Layer.PACKAGES)}
        for path in (example_directory() / PRODUCTION, tour.directory / "mended/pylock.toml")
    )
    changed = {name for name in production if production[name] != mended.get(name)}
    assert {"pillow", "scipy"} <= changed <= {"pillow", "scipy", "numpy"}


def test_a_second_tour_records_nothing_anew_and_makes_no_trial_twice(tour: Tour) -> None:
    assert tour.again.count("it is there already") == 3
    lines = [line for line in tour.again.splitlines() if " runs with Python " in line]
    assert len(lines) == 2
    for line in lines:
        runs = line.strip().partition(" runs ")[0]
        assert f"{runs} of them known from before" in line


def test_the_example_is_left_as_it_was(tour: Tour) -> None:
    assert not list((example_directory() / "environments").rglob(".venv"))
    assert read_project((example_directory() / PRODUCTION).parent).manifest.constraints == ()
