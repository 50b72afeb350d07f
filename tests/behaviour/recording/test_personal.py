"""Paths of this machine and this user, and secrets, are in no recording."""

import os
import tempfile
from pathlib import Path

import pytest

from samestack.behaviour.recording.personal import Personal

HERE = Personal({"/home/ada": "~", "/home/ada/plates": ".", "/scratch": "$TMPDIR"})


@pytest.mark.parametrize(
    ("text", "cleaned"),
    [
        ("/home/ada/plates/model.onnx", "./model.onnx"),
        ("read /home/ada, '/home/ada/x'.", "read ~, '~/x'."),
        ("--model=/home/ada/m", "--model=~/m"),
        ("file:///home/ada/x", "file://~/x"),
        ("/home/adam/x /srv/home/ada /home/ada.old", "/home/adam/x /srv/home/ada /home/ada.old"),
        ("/scratch/tmpab12cd3_/x", "$TMPDIR/tmp/x"),
        ("ends with /home/ada.", "ends with ~."),
        ("https://me:hunter2@index.example/x", "https://index.example/x"),
        ("no path at all", "no path at all"),
    ],
)
def test_cleaned(text: str, cleaned: str) -> None:
    assert HERE.cleaned(text) == cleaned
    assert HERE.cleaned(cleaned) == cleaned


def test_json_is_cleaned_wherever_there_is_text() -> None:
    assert HERE.cleaned_all({"a": ["/home/ada", 1, None, {"b": "/scratch"}]}) == {
        "a": ["~", 1, None, {"b": "$TMPDIR"}]
    }


def test_those_of_this_process(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    home, work, given = tmp_path / "home", tmp_path / "home/work", tmp_path / "made"
    work.mkdir(parents=True)
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.chdir(work)
    here = Personal.here({given: "$ENVIRONMENT"})
    assert here.cleaned(f"{home}/x {work}/y {given}/bin") == "~/x ./y $ENVIRONMENT/bin"
    assert here.cleaned(f"{tempfile.gettempdir()}/z") == "$TMPDIR/z"
    assert here.cleaned("/") == "/"


def test_the_name_of_the_user_is_none_of_a_path(monkeypatch: pytest.MonkeyPatch) -> None:
    account = type("Account", (), {"pw_name": "grace", "pw_dir": "/home/grace"})
    monkeypatch.setattr("pwd.getpwuid", lambda _: account)
    here = Personal.here({})
    assert here.cleaned("/data/grace/x /data/graceful") == "/data/USER/x /data/graceful"
    assert here.cleaned("saving grace / amazing grace") == "saving grace / amazing grace"
    assert here.cleaned("/home/grace/x") == "~/x"


def test_a_user_that_the_system_does_not_know(monkeypatch: pytest.MonkeyPatch) -> None:
    def unknown(_: int) -> None:
        raise KeyError

    monkeypatch.setattr("pwd.getpwuid", unknown)
    assert Personal.here({}).cleaned(f"{os.environ['HOME']}/x") in {"~/x", "./x"}
