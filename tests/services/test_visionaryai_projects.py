"""Three projects on one machine, on Python 3.8, 3.9 and 3.10: each runs, and none disturbs another."""

import json
import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path
from urllib.request import Request, urlopen

import pytest

from samestack.cli.main import main
from tests.capture.real_environments import interpreter_of_series
from tests.services.visionaryai_projects import VisionaryProject, copy_of_project

pytestmark = [pytest.mark.registry, pytest.mark.service]

SERIES = {"defect-detection": "3.8", "recommender": "3.9", "helpdesk-agent": "3.10"}

Projects = Mapping[str, VisionaryProject]


@pytest.fixture(scope="module")
def projects(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Projects]:
    """All three, side by side, synced to their committed locks; some gigabytes, removed at the end."""
    for series in SERIES.values():
        interpreter_of_series(series)
    place = tmp_path_factory.mktemp("visionaryai")
    made = {name: copy_of_project(name, series, place) for name, series in SERIES.items()}
    for project in made.values():
        assert main(["sync", str(project.directory), "--locked"]) == 0
    yield made
    shutil.rmtree(place)


@pytest.mark.parametrize("name", SERIES)
def test_the_environment_is_what_the_lock_says(projects: Projects, name: str) -> None:
    project = projects[name]
    assert project.digest() == project.lock().table.digests["linux-64"]
    assert main(["sync", str(project.directory), "--check"]) == 0
    said = project.run("python", "-c", "import sys; print('%d.%d' % sys.version_info[:2])")
    assert said.strip() == project.python


@pytest.mark.parametrize("name", SERIES)
def test_the_environment_holds_together(
    projects: Projects, name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    main(["check", f"venv:{projects[name].environment}", "--format", "json"])
    (report,) = json.loads(capsys.readouterr().out)["reports"]
    errors = {
        (one["rule"], one["subject"]) for one in report.get("findings", ()) if one["severity"] == "error"
    }
    assert not errors


@pytest.mark.parametrize("name", SERIES)
def test_the_projects_own_tests_pass(projects: Projects, name: str) -> None:
    assert " passed" in projects[name].run("python", "-m", "pytest", "-q", "-p", "no:cacheprovider")


def test_the_detector_and_both_networks_judge_pictures(projects: Projects, tmp_path: Path) -> None:
    project, module = projects["defect-detection"], ("python", "-m", "defect_detection")
    for folder, seed in (("pictures", "20"), ("training", "1")):
        project.run(*module, "draw", "--parts", "40", "--seed", seed, "--output", tmp_path / folder)
    truth = json.loads((tmp_path / "pictures/truth.json").read_bytes())
    judged = ("--pictures", tmp_path / "pictures")
    for command in (
        ("detect", *judged),
        ("second-opinion", "--training", tmp_path / "training", *judged),
        ("third-opinion", *judged),
    ):
        opinions = json.loads(project.run(*module, *command))
        right = [name for name in truth if opinions[name]["verdict"] == truth[name]]
        assert len(right) >= 0.75 * len(truth), command


def test_the_helpdesk_answers_over_http(projects: Projects) -> None:
    command = ("python", "-m", "helpdesk_agent", "serve", "--port", "0")
    with projects["helpdesk-agent"].serving(*command) as address:
        assert address.endswith("/ask")
        question = Request(address, json.dumps({"question": "the api answers 401"}).encode())  # noqa: S310
        with urlopen(question, timeout=60) as answer:  # noqa: S310 (our own server)
            said = json.load(answer)
    assert (said["topic"], said["article"]) == ("integration", "key-refused")


def test_the_recommender_trains_and_serves(projects: Projects) -> None:
    project, module = projects["recommender"], ("python", "-m", "recommender")
    project.run(*module, "draw", "--customers", "60")
    project.run(*module, "train")
    command = (*module, "recommend", "factory-007", "--count", "3")
    recommended = json.loads(project.run(*command))
    assert len(recommended) == 3
    with project.serving(*module, "serve", "--port", "0") as address:
        wanted = f"{address}?customer=factory-007&count=3"
        with urlopen(wanted, timeout=60) as answer:  # noqa: S310 (our own server)
            served = json.load(answer)
    assert served == {"customer": "factory-007", "recommendations": recommended}


def test_changing_one_leaves_the_others_as_they_are(projects: Projects) -> None:
    changed = projects["recommender"]
    others = [project for project in projects.values() if project != changed]
    before = [project.snapshot() for project in others]
    earlier = changed.digest()
    manifest = changed.directory / "pyproject.toml"
    manifest.write_text(manifest.read_text().replace('as-of = "2022-12-01"', 'as-of = "2023-02-01"'))
    assert main(["sync", str(changed.directory), "--locked"]) == 2
    assert main(["lock", str(changed.directory), "--upgrade-all"]) == 0
    assert main(["sync", str(changed.directory)]) == 0
    assert changed.digest() != earlier
    after = [project.snapshot() for project in others]
    assert [one.stack.digest for one in after] == [one.stack.digest for one in before]
    for project in projects.values():
        assert main(["sync", str(project.directory), "--check"]) == 0
