"""VisionaryAI's example in its two real environments: one code, one set of pictures, two answers."""

import json
import os
import subprocess
from pathlib import Path

import pytest

from samestack.solve.uv.uv_program import uv_program
from samestack.tour.cast import example_directory, people
from samestack.tour.environments import build
from samestack.tour.verdicts import disagreements, read_truth, read_verdicts
from tests.capture.real_environments import interpreter_of_series, run

EXAMPLE = example_directory()
NAMES = tuple(person.name for person in people(is_full=False))

pytestmark = pytest.mark.registry


@pytest.fixture(scope="session")
def environments(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The Python program of each person's environment, with pytest added."""
    folder = tmp_path_factory.mktemp("visionaryai")
    everybody = people(is_full=False)
    for person in everybody:
        interpreter_of_series(person.python)
    for person in everybody:
        build(person, EXAMPLE / person.requirements, folder / person.name)
        run(
            uv_program(),
            "pip",
            "install",
            "--quiet",
            "--python",
            folder / person.name / "bin/python",
            "pytest",
        )
    return {person.name: folder / person.name / "bin/python" for person in everybody}


@pytest.fixture(scope="session")
def pictures(environments: dict[str, Path], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The pictures that both judge, drawn in your environment as the tour does."""
    folder = tmp_path_factory.mktemp("drawn") / "pictures"
    run_example(environments["you"], "draw", "--output", folder)
    return folder


@pytest.fixture(scope="session")
def answers(environments: dict[str, Path], pictures: Path) -> dict[str, Path]:
    """What the detector answered in each environment, once."""
    return {name: detect(environments[name], pictures, pictures.parent / f"{name}.json") for name in NAMES}


def run_example(python: Path, *arguments: str | Path) -> None:
    command: list[str | Path] = [python, "-m", "defect_detection", *arguments]
    subprocess.run(command, env=os.environ | {"PYTHONPATH": str(EXAMPLE)}, check=True, capture_output=True)


def detect(python: Path, pictures: Path, answer: Path) -> Path:
    run_example(python, "detect", "--pictures", pictures, "--output", answer)
    return answer


@pytest.mark.parametrize("name", NAMES)
def test_the_examples_own_tests_pass(environments: dict[str, Path], name: str) -> None:
    command: list[str | Path] = [environments[name], "-m", "pytest", "-q", "-p", "no:cacheprovider"]
    finished = subprocess.run(command, cwd=EXAMPLE, capture_output=True, text=True, check=False)
    assert finished.returncode == 0, finished.stdout


@pytest.mark.parametrize("name", NAMES)
def test_an_environment_agrees_with_itself(
    environments: dict[str, Path], pictures: Path, answers: dict[str, Path], name: str
) -> None:
    again = detect(environments[name], pictures, pictures.parent / f"{name}-again.json")
    assert again.read_bytes() == answers[name].read_bytes()


@pytest.mark.parametrize("name", NAMES)
def test_the_detector_is_a_real_one(pictures: Path, answers: dict[str, Path], name: str) -> None:
    truth, verdicts = read_truth(pictures / "truth.json"), read_verdicts(answers[name])
    assert verdicts.keys() == truth.keys()
    assert sum(verdicts[picture] == truth[picture] for picture in truth) >= 0.8 * len(truth)


def test_the_two_environments_disagree_on_a_few_pictures(answers: dict[str, Path]) -> None:
    sarah, you = (read_verdicts(answers[name]) for name in NAMES)
    assert 1 <= len(disagreements(sarah, you)) <= len(sarah) // 4


def test_holes_are_counted_alike_and_directions_are_not(answers: dict[str, Path]) -> None:
    """The cause shows in what was measured, not only in what was concluded."""
    sarah, you = (json.loads(answers[name].read_bytes()) for name in NAMES)
    differing = {
        feature
        for picture, inspection in sarah.items()
        for feature, value in inspection["features"].items()
        if abs(value - you[picture]["features"][feature]) > 0.01
    }
    assert "holes" not in differing
    assert {"mark_bareness", "mark_direction_spread"} <= differing
