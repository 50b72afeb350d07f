"""The verb bisect: what it prints, writes and refuses, over small wheels that are installed for real."""

import contextlib
import json
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from samestack.behaviour.bisecting.request import Request
from samestack.cli.main import main
from tests.behaviour.bisecting.local_bisections import PYTHON, add_unrelated, request
from tests.capture.real_environments import interpreter_of_series
from tests.lock.projects import alone
from tests.solve.local_index import LocalIndex
from tests.verify.breaking_index import add

PROGRAM = "import alpha, sys\nsys.exit(1 if alpha.value else 0)\n"


@pytest.fixture(scope="module", autouse=True)
def index(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    patch, made = pytest.MonkeyPatch(), LocalIndex()
    add_unrelated(made)
    add(made, "alpha", "1.0", "value = False\n", day="2022-01-10")
    add(made, "alpha", "1.9", "value = True\n", day="2022-02-10")
    add(made, "alpha", "2.0", "value = True\n", day="2022-03-10")
    add(made, "other", "1.0", "", day="2022-01-10")
    add(made, "other", "2.0", "", day="2022-03-10")
    with alone(made, patch, tmp_path_factory.mktemp("uv-cache")):
        yield
    patch.undo()


def bisect(capsys: pytest.CaptureFixture[str], *words: object, status: int = 0) -> str:
    found = main(["bisect", *map(str, words)])
    said = capsys.readouterr()
    assert found == status, said
    return said.out + said.err


@pytest.fixture
def asked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Request:
    monkeypatch.chdir(tmp_path)
    return request(tmp_path, PROGRAM, "alpha==1.0", "alpha==2.0")


SIDES = ("--good", "good.txt", "--bad", "bad.txt", "--python", PYTHON)
COMMAND = ("--", "python", "check.py")


@pytest.mark.usefixtures("asked")
def test_it_says_what_is_to_blame_and_why_each_trial_was_made(capsys: pytest.CaptureFixture[str]) -> None:
    said = bisect(capsys, *SIDES, "--jobs", 2, *COMMAND)
    assert "Found and proved: of 13 changes, alpha makes it bad." in said
    assert "alpha 1.0 → 2.0" in said
    assert "good up to 1.0, bad from 1.9" in said
    assert "+  alpha<1.9" in said
    assert "bad         the good environment with only alpha upgraded (ended with status 1)" in said
    assert "good        the bad environment with only alpha held back" in said
    assert "which of 13 changes makes it bad?" in said


@pytest.mark.usefixtures("asked")
def test_the_document_for_programs_says_the_same(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert bisect(capsys, *SIDES, "--format", "json", "-o", "found.json", *COMMAND) == ""
    document = json.loads((tmp_path / "found.json").read_text())
    assert document["schema"] == "samestack/bisection/1"
    assert document["is_proven"] is True
    assert [one["pivots"] for one in document["culprits"]] == [["alpha"]]
    assert [one["requirement"] for one in document["pins"]] == ["alpha<1.9"]
    assert {one["name"]: (one["before"], one["after"]) for one in document["changes"]}["alpha"] == (
        "1.0",
        "2.0",
    )
    assert [one["answer"] for one in document["good_runs"]] == ["good"] * 3
    assert document["runs"] == 6 + document["search_runs"] + 1 + 2


def test_requirements_of_two_days_are_bisected_and_mended(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "requirements.txt").write_text("# ours\nalpha\nother\n")
    (tmp_path / "check.py").write_text(PROGRAM)
    words = ("--requirements", "requirements.txt", "--good", "2022-02-01", "--bad", "2022-04-01")
    said = bisect(capsys, *words, "--python", PYTHON, "--apply", *COMMAND)
    assert "of 2 changes, alpha makes it bad" in said
    head, mended, *rest = (tmp_path / "requirements.txt").read_text().splitlines()
    assert (head, rest) == ("# ours", ["other"])
    assert mended == "alpha<1.9  # since alpha 1.9 it is bad: python check.py (samestack bisect)"
    assert f"+{mended}" in said


@pytest.mark.usefixtures("asked")
def test_environments_are_captured(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    uv = Path(sys.executable).parent / "uv"
    for name in ("good", "bad"):
        subprocess.run([uv, "venv", "--quiet", "--python", PYTHON, name], check=True)
        python = tmp_path / name / "bin/python"
        subprocess.run([uv, "pip", "install", "-q", "--python", python, "-r", f"{name}.txt"], check=True)
    said = bisect(capsys, "--good", "venv:good", "--bad", "bad", *COMMAND)
    assert "of 13 changes, alpha makes it bad" in said


@pytest.mark.usefixtures("asked")
def test_the_interpreter_is_a_change_like_others(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    uv = Path(sys.executable).parent / "uv"
    for name, series in (("good", "3.10"), ("bad", "3.11")):
        interpreter = interpreter_of_series(series)
        subprocess.run([uv, "venv", "--quiet", "--python", interpreter, name], check=True)
        python = tmp_path / name / "bin/python"
        subprocess.run([uv, "pip", "install", "-q", "--python", python, "-r", f"{name}.txt"], check=True)
    (tmp_path / "check.py").write_text("import sys\nsys.exit(sys.version_info >= (3, 11))\n")
    said = bisect(capsys, "--good", "good", "--bad", "bad", *COMMAND)
    assert "of 14 changes, Python makes it bad" in said
    assert "python 3.10." in said
    assert "no constraint can hold back Python" in said


@pytest.mark.usefixtures("asked")
def test_nothing_found_is_said_with_what_the_program_wrote(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    (tmp_path / "check.py").write_text("import sys\nsys.exit('it broke')\n")
    said = bisect(capsys, *SIDES, *COMMAND, status=1)
    assert "Nothing to look for: the good environment is not good: bad (ended with status 1)." in said
    assert "it broke" in said


@pytest.mark.usefixtures("asked")
def test_what_was_not_proved_is_not_written(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    before = (tmp_path / "good.txt").read_text()
    said = bisect(capsys, *SIDES, "--max-trials", 2, "--apply", *COMMAND, status=2)
    assert "nothing was written" in said
    assert (tmp_path / "good.txt").read_text() == before


@pytest.mark.usefixtures("asked")
def test_a_killed_bisection_loses_nothing_but_what_was_under_way(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SAMESTACK_STATE", str(tmp_path / "state"))
    (tmp_path / "check.py").write_text(f"import time\ntime.sleep(0.2)\n{PROGRAM}")
    words = [str(Path(sys.executable).parent / "samestack"), "bisect", *SIDES, *COMMAND]
    with subprocess.Popen(words, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        done = _wait_for_trials(tmp_path / "state", 8)
        process.kill()
    said = bisect(capsys, *SIDES, "--resume", "--format", "json", *COMMAND)
    document = json.loads(said)
    assert document["is_proven"] is True
    assert done <= document["remembered"] <= document["runs"]
    assert document["remembered"] >= 8


def _wait_for_trials(state: Path, least: int) -> int:
    """How many trials the only journal there has, once they are that many."""
    for _ in range(600):
        for file in state.glob("bisections/*.sqlite"):
            with (
                contextlib.suppress(sqlite3.OperationalError),
                contextlib.closing(sqlite3.connect(file)) as read,
            ):
                (count,) = read.execute("select count(*) from trials").fetchone()
                if count >= least:
                    return int(count)
        time.sleep(0.1)
    raise TimeoutError


def _trials_in(file: Path) -> int:
    with contextlib.closing(sqlite3.connect(file)) as journal:
        try:
            return int(journal.execute("select count(*) from trials").fetchone()[0])
        except sqlite3.OperationalError:
            return 0  # it is just being made


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("--good", "good.txt", "--bad", "bad.txt"), "name either a command or a recording"),
        ((*SIDES, "--recording", "a.recording", *COMMAND), "name either a command or a recording"),
        ((*SIDES, "--recording", "a.recording"), "'a.recording': no such file"),
        (("--good", "good.txt", "--bad", "none.txt", *COMMAND), "'none.txt': no such file"),
        (("--good", "nosuch:a", "--bad", "bad.txt", *COMMAND), "there is no kind of environment 'nosuch:'"),
        (
            ("--requirements", "good.txt", "--good", "yesterday", "--bad", "2022-06-01", *COMMAND),
            "'yesterday' is no day",
        ),
        ((*SIDES, "--executor", "ray://here", *COMMAND), "'ray://here' names no executor"),
        (("--good", "good.txt", "--bad", "good.txt", "--python", PYTHON, *COMMAND), "nothing differs"),
    ],
)
@pytest.mark.usefixtures("asked")
def test_what_cannot_be_asked_is_refused(
    capsys: pytest.CaptureFixture[str], words: tuple[str, ...], message: str
) -> None:
    assert message in bisect(capsys, *words, status=2)


@pytest.mark.parametrize(
    "words", [("--memory", "much"), ("--jobs", "0"), ("--timeout", "0"), ("--confidence", "1")]
)
def test_numbers_that_are_none_are_refused(
    words: tuple[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["bisect", *SIDES, *words, *COMMAND])
    assert ended.value.code == 2
    assert f"argument {words[0]}: invalid" in capsys.readouterr().err
