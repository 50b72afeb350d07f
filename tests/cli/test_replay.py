"""The verb replay: a program is recorded and run again, here and in other environments."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from samestack.behaviour.recording.recording_file import read_recording
from samestack.cli.main import main
from samestack.solve.uv.index_settings import index_settings
from samestack.solve.uv.uv_program import uv_program
from tests.services.requirement import unavailable

HERE = f"python:{sys.executable}"
PROGRAM = """\
import json, os, pathlib, sys
score = float(pathlib.Path(sys.argv[1]).read_text()) + float(os.environ.get("SHIFT", "0"))
print(json.dumps({"label": "defect" if score > 0.5 else "ok", "score": score}))
"""
PILLOW = """\
import os, sys
from PIL import Image
with Image.open(sys.argv[1]) as image:
    image.resize((16, 16)).save(os.path.join(os.environ["SAMESTACK_OUTPUT"], "small.png"))
"""


@pytest.fixture(autouse=True)
def directory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "100")
    Path("plates").mkdir()
    for name, score in (("a", 0.2), ("b", 0.55), ("c", 0.9)):
        Path("plates", f"{name}.txt").write_text(str(score))
    Path("detect.py").write_text(PROGRAM)
    return tmp_path


@pytest.fixture
def recording(capsys: pytest.CaptureFixture[str]) -> str:
    words = ["--inputs", "plates", "--environment", HERE, "-o", "dev.recording"]
    assert main(["record", *words, "--", "python", "detect.py", "{input}"]) == 0
    capsys.readouterr()
    return "dev.recording"


def replay(capsys: pytest.CaptureFixture[str], *words: str, status: int = 0) -> tuple[str, str]:
    found = main(["replay", *words])
    said = capsys.readouterr()
    assert found == status, said
    return said.out, said.err


def test_the_same_environment_answers_the_same(capsys: pytest.CaptureFixture[str], recording: str) -> None:
    out, err = replay(capsys, recording, "--environment", HERE)
    assert out.startswith("Everything is answered the same: 2 fields of 3 inputs.\n")
    assert err == "samestack: runs what was recorded: python detect.py {input}\n"


def test_another_answer_is_told_and_kept(
    capsys: pytest.CaptureFixture[str], recording: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SHIFT", "-0.1")
    out, _ = replay(capsys, recording, "--environment", HERE, "--save", "new.recording", status=1)
    assert out.startswith("3 of 3 inputs are answered differently, in 2 of 2 fields.\n")
    assert "flips of label: 1 of 3" in out
    kept = read_recording(Path("new.recording"))
    assert len(kept.runs) == 5
    assert kept.runs[0].outputs["b.txt"]["label"] == "ok"

    compared, err = replay(capsys, recording, "new.recording", "--format", "json", status=1)
    document = json.loads(compared)
    assert (document["verdict"], document["changed"]) == ("differs", ["b.txt", "a.txt", "c.txt"])
    assert err == ""


def test_two_equal_recordings_are_the_same(capsys: pytest.CaptureFixture[str], recording: str) -> None:
    assert replay(capsys, recording, recording)[0].startswith("Everything is answered the same")


def test_a_page_is_written_by_the_name_of_its_file(
    capsys: pytest.CaptureFixture[str], recording: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SHIFT", "-0.1")
    words = ("--environment", HERE, "--repeats", "2", "-o", "report.html")
    assert replay(capsys, recording, *words, status=1)[0] == ""
    page = Path("report.html").read_text()
    assert page.startswith("<!doctype html>")
    assert "Flips of <code>label</code>" in page


def test_the_settings_of_the_project_count(
    capsys: pytest.CaptureFixture[str], recording: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SHIFT", "-0.01")
    assert replay(capsys, recording, "--environment", HERE, "--repeats", "1", status=1)
    Path("pyproject.toml").write_text("[tool.samestack.replay.fields.score]\natol = 0.02\n")
    assert replay(capsys, recording, "--environment", HERE, "--repeats", "1")
    Path("pyproject.toml").write_text('[tool.samestack.replay]\nfields.scores = {kind = "float"}\n')
    _, err = replay(capsys, recording, "--environment", HERE, "--repeats", "1", status=1)
    assert 'fields."scores" is no field of these answers' in err


def test_inputs_may_have_moved(capsys: pytest.CaptureFixture[str], recording: str) -> None:
    Path("plates").rename("elsewhere")
    _, err = replay(capsys, recording, "--environment", HERE, status=2)
    assert "'plates': the recorded inputs are not there" in err
    replay(capsys, recording, "--environment", HERE, "--inputs", "elsewhere")


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["nothing.recording"], "'nothing.recording': no such file"),
        (["detect.py"], "not a recording"),
        (["dev.recording", "dev.recording", "--repeats", "3"], "--repeats is for a program that is run"),
        (["dev.recording", "dev.recording", "--save", "x"], "--save is for a program that is run"),
        (["dev.recording", "--save", "nowhere/x"], "'nowhere': no such directory"),
        (["dev.recording", "-o", "nowhere/x"], "'nowhere': no such directory"),
        (["dev.recording", "--environment", "venv:nowhere"], "'nowhere' is not a virtual environment"),
        (["dev.recording", "--environment", "image:x"], "nothing can be run in 'image:'"),
    ],
)
@pytest.mark.usefixtures("recording")
def test_what_cannot_be_is_refused(
    capsys: pytest.CaptureFixture[str], words: list[str], message: str
) -> None:
    _, err = replay(capsys, *words, status=2)
    assert message in err
    assert "Traceback" not in err


@pytest.mark.registry
def test_a_library_step_that_changes_pictures_is_seen(
    capsys: pytest.CaptureFixture[str], directory: Path
) -> None:
    """Pillow 7 resizes with another filter than Pillow 6 by default (facts: nearest -> bicubic)."""
    python = Path.home() / ".pyenv/versions"
    interpreters = sorted(python.glob("3.8*/bin/python"))
    if not interpreters:
        unavailable("there is no Python 3.8")
    environment = {**os.environ, **index_settings(uv_program()).environment}
    for name, release in (("old", "6.2.2"), ("new", "7.0.0")):
        for words in (
            ["venv", "--quiet", "--python", str(interpreters[0]), name],
            ["pip", "install", "--quiet", "--python", name, f"pillow=={release}"],
        ):
            command = [str(uv_program()), *words]
            subprocess.run(command, check=True, env=environment, cwd=directory)
    pytest.importorskip("PIL.Image").effect_noise((64, 64), 90).save("noise.png")
    Path("resize.py").write_text(PILLOW)
    words = ["--inputs", "noise.png", "--environment", "venv:old", "-o", "old.recording"]
    assert main(["record", *words, "--", "python", "resize.py", "{input}"]) == 0
    capsys.readouterr()

    replay(capsys, "old.recording", "--environment", "venv:old")
    out, _ = replay(capsys, "old.recording", "--environment", "venv:new", "--save", "new.recording", status=1)
    assert out.startswith("1 of 1 input is answered differently, in 1 of 1 field.")
    assert "confidence 98 %" in " ".join(out.split())
    replay(capsys, "old.recording", "new.recording", "-o", "report.html", status=1)
    assert Path("report.html").read_text().count("data:image/png;base64,") == 3
