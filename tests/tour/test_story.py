"""The first half of the tour, with real environments, real pictures and a real difference."""

import io
import json
from html.parser import HTMLParser
from pathlib import Path

import pytest
from rich.console import Console

from samestack.codec import decode_snapshot
from samestack.compare.judge import judge
from samestack.progress import SILENT
from samestack.tour.cast import example_directory, people
from samestack.tour.interpreters import python_request
from samestack.tour.stage import Stage
from samestack.tour.two_machines import tell_two_machines
from samestack.tour.verdicts import disagreements, read_verdicts
from tests.services.requirement import unavailable


@pytest.fixture(scope="module")
def toured(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    for person in people(is_full=False):
        if "/" not in python_request(person.python):
            unavailable(f"Python {person.python} is not installed")
    directory = tmp_path_factory.mktemp("toured")
    return directory, told_in(directory)


def told_in(directory: Path) -> str:
    """What the first half says, told in a directory."""
    page = io.StringIO()
    console = Console(file=page, width=110)
    stage = Stage(directory=directory, example=example_directory(), console=console, reporter=SILENT)
    tell_two_machines(stage, *people(is_full=False))
    return page.getvalue()


@pytest.mark.registry
def test_the_same_pictures_are_judged_differently(toured: tuple[Path, str]) -> None:
    directory, page = toured
    sarah, you = (read_verdicts(directory / f"{name}-verdicts.json") for name in ("sarah", "you"))
    assert sarah.keys() == you.keys()
    differing = disagreements(sarah, you)
    assert 0 < len(differing) < len(sarah) / 2
    assert f"{len(differing)} of {len(sarah)} pictures are judged differently" in page
    assert all(picture in page for picture in differing)


@pytest.mark.registry
def test_the_difference_names_python_opencv_numpy_each_with_a_risk(toured: tuple[Path, str]) -> None:
    directory, page = toured
    before, after = (
        decode_snapshot((directory / f"{name}.json").read_bytes(), file=name) for name in ("sarah", "you")
    )
    found = {one.change.name: one for one in judge(before, after).differences}
    for name in ("python", "opencv-python-headless", "numpy", "pillow"):
        assert found[name].reasons
        assert name in page


@pytest.mark.registry
def test_every_command_is_shown_and_every_result_is_left(toured: tuple[Path, str]) -> None:
    directory, page = toured
    for words in (
        "uv venv",
        "uv pip install",
        "defect_detection draw",
        "samestack capture",
        "samestack diff",
    ):
        assert words in page
    report = (directory / "report.html").read_text()
    HTMLParser().feed(report)
    assert "scikit-learn" in report
    assert json.loads((directory / "sarah.json").read_text())["schema"] == "samestack/snapshot/1"


@pytest.mark.registry
def test_a_second_tour_builds_nothing(toured: tuple[Path, str]) -> None:
    directory, _ = toured
    built = (directory / "sarah/pyvenv.cfg").stat().st_ino
    assert told_in(directory).count("it is there already") == 2
    assert (directory / "sarah/pyvenv.cfg").stat().st_ino == built


def test_the_example_looks_at_no_version() -> None:
    sources = (example_directory() / "defect_detection").rglob("*.py")
    assert not [
        path for path in sources if "__version__" in path.read_text() or "version_info" in path.read_text()
    ]
