"""Locks are decided, built and imported for real, from a small index whose packages break each other."""

import os
import signal
import subprocess
import sys
import time
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from packaging.pylock import Pylock

from samestack.errors import OutsideError, RequestError
from samestack.lock.decision import LockOptions
from samestack.lock.unmet import UnmetError
from samestack.progress import SILENT
from samestack.project.reading import read_project
from samestack.verify.entry import verify
from samestack.verify.verification import Verdict, Verification
from tests.solve.local_index import LocalIndex
from tests.verify.breaking_index import add, alone, project_of, verified

PROGRAM = "from samestack.cli.main import program; program()"
DAYS = ("2022-01-01", "2022-03-01", "2022-05-01", "2023-01-01", "2023-06-01", "2024-01-01")


@pytest.fixture
def index(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[LocalIndex]:
    """Alpha 1.0 uses what beta 4.0 no longer has; gamma changes as often and breaks nothing."""
    index = LocalIndex()
    for number, day in enumerate(DAYS, start=1):
        add(index, "beta", f"{number}.0", "old = 1" if number < 4 else "new = 1", day=day)
        add(index, "gamma", f"{number}.0", "", day=day)
    add(index, "alpha", "1.0", "from beta import old; import gamma", "beta", "gamma", day="2022-02-01")
    with alone(index, monkeypatch, tmp_path / "cache"):
        yield index


def versions_of(verification: Verification) -> dict[str, str]:
    lock = Pylock.from_dict(tomllib.loads(verification.decision.data.decode()))
    return {one.name: str(one.version) for one in lock.packages}


@pytest.mark.usefixtures("index")
def test_the_release_that_broke_it_is_held_off_with_a_reason(tmp_path: Path) -> None:
    project = project_of(tmp_path / "project", "alpha==1.0")
    found = verified(project)
    assert found.is_whole
    (constraint,) = found.constraints
    assert constraint.requirement == "beta<4"
    assert constraint.reason.startswith("with beta 6.0, alpha 1.0 cannot be imported: ImportError: cannot")
    assert str(tmp_path) not in constraint.reason
    assert versions_of(found) == {"alpha": "1.0", "beta": "3.0", "gamma": "6.0"}
    assert [one.verdict for one in found.trials] == ["bad", "good", "good", "good", "bad"]
    assert [one.why for one in found.trials[:3]] == ["as it is decided", "as of 2022-02-02", "with beta<=1.0"]
    assert (found.trials[1].changed, found.trials[2].changed) == (2, 1)
    # Nothing was written: that is for whoever asked.
    assert [one.name for one in project.iterdir()] == ["pyproject.toml"]
    assert found.decision.path == project / "pylock.toml"
    assert list(found.decision.table.inputs) == ["pyproject.toml"]


@pytest.mark.usefixtures("index")
def test_what_works_is_built_once(tmp_path: Path) -> None:
    found = verified(project_of(tmp_path / "project", "gamma"))
    assert (found.is_whole, found.constraints, found.findings) == (True, (), ())
    assert [(one.number, one.verdict, one.packages) for one in found.trials] == [(1, Verdict.GOOD, 1)]
    assert found.place.startswith("linux-64, Python 3.")


@pytest.mark.usefixtures("index")
def test_what_is_locked_already_stays_as_it_is_locked(tmp_path: Path) -> None:
    project = project_of(tmp_path / "project", "alpha==1.0", "gamma<3")
    (project / "pylock.toml").write_bytes(verified(project).decision.data)
    project_of(project, "alpha==1.0", "gamma")
    assert versions_of(verified(project))["gamma"] == "2.0"


def test_what_is_asked_for_and_never_works_is_told_after_two_builds(
    index: LocalIndex, tmp_path: Path
) -> None:
    add(index, "broken", "1.0", "import nowhere", "gamma", day="2022-04-01")
    found = verified(project_of(tmp_path / "project", "broken==1.0"))
    assert (found.is_whole, found.constraints, found.place) == (False, (), "")
    assert [one.subject for one in found.findings] == ["broken"]
    assert "No module named 'nowhere'" in found.findings[0].evidence[0]
    assert [one.verdict for one in found.trials] == [Verdict.BAD, Verdict.BAD]
    assert "no constraint was found that mends it" in found.notes


def test_what_only_came_along_and_never_works_is_told_and_hinders_nothing(
    index: LocalIndex, tmp_path: Path
) -> None:
    add(index, "broken", "1.0", "import nowhere", day="2021-04-01")
    add(index, "delta", "1.0", "from beta import old", "broken", "beta", day="2022-03-02")
    found = verified(project_of(tmp_path / "project", "delta==1.0"))
    assert found.is_whole
    assert [one.requirement for one in found.constraints] == ["beta<4"]
    assert [one.subject for one in found.findings] == ["broken"]
    assert [one.verdict for one in found.trials].count(Verdict.GOOD) >= 2


def test_the_day_of_what_fails_tells_where_the_pins_are_newer(index: LocalIndex, tmp_path: Path) -> None:
    add(index, "delta", "1.0", "", day="2024-02-01")
    found = verified(project_of(tmp_path / "project", "alpha", "delta==1.0"))
    assert [one.requirement for one in found.constraints] == ["beta<4"]
    assert versions_of(found)["gamma"] == "6.0"
    assert "held back to 2022-02-02" in [one.why for one in found.trials]


def test_a_release_that_cannot_be_built_is_no_answer(index: LocalIndex, tmp_path: Path) -> None:
    add(index, "beta", "3.0", "old = 1", day=DAYS[2], has_record=False)
    found = verified(project_of(tmp_path / "project", "alpha==1.0"))
    assert [one.requirement for one in found.constraints] == ["beta<3"]
    unresolved = [one for one in found.trials if one.verdict is Verdict.UNRESOLVED]
    assert [one.why for one in unresolved] == ["with beta<=3.0"]
    assert "RECORD" in unresolved[0].trouble


def test_where_the_first_one_cannot_be_built_that_is_the_error(index: LocalIndex, tmp_path: Path) -> None:
    add(index, "delta", "1.0", "", has_record=False)
    with pytest.raises(OutsideError, match="RECORD"):
        verified(project_of(tmp_path / "project", "delta"))


def test_known_advice_is_proved_with_two_builds(index: LocalIndex, tmp_path: Path) -> None:
    add(index, "jinja2", "3.0.3", "escape = 1", day="2021-11-09")
    add(index, "jinja2", "3.1.6", "", day="2025-03-05")
    add(index, "flask", "1.1.2", "from jinja2 import escape", "jinja2", day="2020-04-03")
    found = verified(project_of(tmp_path / "project", "flask==1.1.2"))
    (constraint,) = found.constraints
    assert constraint.requirement == "jinja2<3.1"
    assert "jinja2 3.1.6" in constraint.reason
    assert [one.why for one in found.trials] == ["as it is decided", "as advised, with jinja2<3.1"]


@pytest.mark.usefixtures("index")
def test_what_the_project_suppresses_is_left_alone(tmp_path: Path) -> None:
    suppression = (
        '[[tool.samestack.check.suppress]]\nrule = "import-failure"\nsubject = "alpha"\n'
        'reason = "only its data are used"\nuntil = 2099-01-01\n'
    )
    found = verified(project_of(tmp_path / "project", "alpha==1.0", more=suppression))
    assert (found.is_whole, found.constraints, len(found.trials)) == (True, (), 1)


@pytest.mark.usefixtures("index")
def test_requirements_that_exclude_each_other_are_not_verified(tmp_path: Path) -> None:
    with pytest.raises(UnmetError):
        verified(project_of(tmp_path / "project", "alpha", "beta<1"))


@pytest.mark.usefixtures("index")
def test_a_lock_for_other_platforms_cannot_be_tried_here(tmp_path: Path) -> None:
    project = read_project(project_of(tmp_path / "project", "gamma"))
    options = LockOptions(platforms=("osx-arm64",))
    with pytest.raises(RequestError, match=r"for osx-arm64, so that it cannot be tried on this linux-64"):
        verify(project, options, SILENT)


@pytest.mark.usefixtures("index")
def test_a_lock_without_addresses_is_built_by_its_hashes(tmp_path: Path) -> None:
    project = read_project(project_of(tmp_path / "project", "gamma"))
    found = verify(project, LockOptions(urls=False), SILENT)
    assert found.is_whole
    assert b"http" not in found.decision.data


@pytest.mark.usefixtures("index")
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_interrupted_it_leaves_nothing_behind(number: signal.Signals, tmp_path: Path) -> None:
    project, place = project_of(tmp_path / "project", "alpha==1.0"), tmp_path / "place"
    place.mkdir()
    command = (sys.executable, "-c", PROGRAM, "lock", "--verify", project)
    environment = {**os.environ, "TMPDIR": str(place)}
    with subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE) as run:
        while run.poll() is None and not list(place.glob("samestack-verify-*/environment/bin")):
            time.sleep(0.01)
        run.send_signal(number)
        messages = run.communicate()[1]
    assert run.returncode != 0
    assert b"Traceback" not in messages
    assert list(place.glob("samestack-verify-*")) == []
    assert [path.name for path in project.iterdir()] == ["pyproject.toml"]
