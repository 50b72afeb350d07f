"""``config edit``: in an editor, in memory, and nowhere else."""

import os
import pty
import signal
import sys
import time
from pathlib import Path

import pytest

from tests.cli.configs.secret_actions import LONG_AGO, SecretProject, holding
from tests.config.age.keys import new_key

CANARY = f"canary-{os.getpid()}-7f21ab"
MEMORY = Path("/dev/shm")

pytestmark = pytest.mark.skipif(not os.path.ismount(MEMORY), reason="there is no /dev/shm")


@pytest.fixture(name="project")
def _project(tmp_path: Path) -> SecretProject:
    project = SecretProject(tmp_path)
    project.put("production", {"API_KEY": CANARY, "OTHER": "same"})
    return project


def editor(project: SecretProject, body: str) -> str:
    """A program that is an editor: ``path`` is the file, ``text`` what is in it; ``project`` its home."""
    script = project.home / "editor.py"
    head = "import os, pathlib, sys, time\npath = pathlib.Path(sys.argv[1])\ntext = path.read_text()\n"
    script.write_text(f"{head}home = pathlib.Path({str(project.home)!r})\n{body}")
    return f"{sys.executable} {script}"


def nowhere(project: SecretProject) -> bool:
    """Whether the plain text is in no file any more."""
    return holding(CANARY, project.directory, project.home, MEMORY) == []


def test_what_comes_back_is_encrypted(project: SecretProject) -> None:
    before = project.secrets("production").variables
    body = "path.write_text(text.replace('same', 'new') + 'MORE = [1, 2]\\n')"
    ended = project.run("edit", "--profile", "production", EDITOR=editor(project, body))
    assert (ended.status, ended.output) == (0, f"{project.file('production')}: 3 variables\n")
    after = project.secrets("production")
    assert after.values == {"API_KEY": CANARY, "OTHER": "new", "MORE": [1, 2]}
    assert after.variables["API_KEY"] == before["API_KEY"]
    assert after.variables["OTHER"].changed > LONG_AGO
    assert CANARY not in f"{ended}"
    assert nowhere(project)


def test_a_line_that_is_deleted_is_a_variable_that_goes(project: SecretProject) -> None:
    body = "path.write_text(''.join(l for l in text.splitlines(True) if not l.startswith('OTHER')))"
    assert project.run("edit", "--profile", "production", EDITOR=editor(project, body)).status == 0
    assert project.secrets("production").values == {"API_KEY": CANARY}


def test_the_first_secrets_of_a_profile(project: SecretProject) -> None:
    body = "path.write_text(text + 'A = \"1\"\\n')"
    assert project.run("edit", EDITOR=editor(project, body)).status == 0
    assert project.secrets("development").values == {"A": "1"}


def test_the_text_is_for_nobody_else_and_in_memory(project: SecretProject) -> None:
    body = (
        "mode = oct(path.stat().st_mode & 0o777), oct(path.parent.stat().st_mode & 0o777)\n"
        "(home / 'seen').write_text(f'{path} {mode}')"
    )
    ended = project.run("edit", "--profile", "production", EDITOR=editor(project, body))
    seen = (project.home / "seen").read_text()
    assert seen.startswith("/dev/shm/samestack-")
    assert seen.endswith("production.toml ('0o600', '0o700')")
    assert "the decrypted text is in memory (/dev/shm/samestack-" in ended.messages


@pytest.mark.parametrize(
    "body", ["", "path.write_text(text)", "path.write_text(text.replace('\\n\\n', '\\n# note\\n'))"]
)
def test_without_a_change_nothing_is_written(project: SecretProject, body: str) -> None:
    project.encrypt_to(project.key, new_key())
    before = project.file("production").read_bytes()
    ended = project.run("edit", "--profile", "production", EDITOR=editor(project, body))
    assert (ended.status, ended.output) == (0, f"{project.file('production')}: nothing was changed\n")
    assert project.file("production").read_bytes() == before
    assert nowhere(project)


@pytest.mark.parametrize(
    ("body", "status", "message"),
    [
        ("path.write_text(text + 'MORE = \"')", 2, "the edited text: not TOML"),
        ("path.write_text(text + 'MORE = nan')", 2, "not a finite number"),
        ("path.unlink()", 2, "no such file"),
        ("raise SystemExit(1)", 3, "ended with status 1; nothing was changed"),
        ("os.kill(os.getpid(), 9)", 3, "ended with status -9; nothing was changed"),
    ],
)
def test_what_fails_changes_nothing_and_leaves_nothing(
    project: SecretProject, body: str, status: int, message: str
) -> None:
    before = project.file("production").read_bytes()
    ended = project.run("edit", "--profile", "production", EDITOR=editor(project, body))
    assert (ended.status, ended.output) == (status, "")
    assert message in ended.messages
    assert CANARY not in ended.messages
    assert project.file("production").read_bytes() == before
    assert nowhere(project)


def test_what_is_malformed_can_be_edited_again(project: SecretProject) -> None:
    body = (
        "again = (home / 'again').exists()\n"
        "(home / 'again').touch()\n"
        "path.write_text(text.replace('MORE = 1 2', 'MORE = 12') if again else text + 'MORE = 1 2')"
    )
    ours, theirs = pty.openpty()
    with project.start(
        "edit", "--profile", "production", stdin=theirs, EDITOR=editor(project, body)
    ) as process:
        os.close(theirs)
        os.write(ours, b"\n")
        _, messages = process.communicate(timeout=60)
    os.close(ours)
    assert process.returncode == 0
    assert b"Edit again?" in messages
    assert project.secrets("production").values["MORE"] == 12
    assert nowhere(project)


def test_what_is_malformed_can_be_dropped(project: SecretProject) -> None:
    before = project.file("production").read_bytes()
    command = editor(project, "path.write_text('A = 1 2')")
    ours, theirs = pty.openpty()
    with project.start("edit", "--profile", "production", stdin=theirs, EDITOR=command) as process:
        os.close(theirs)
        os.write(ours, b"n\n")
        _, messages = process.communicate(timeout=60)
    os.close(ours)
    assert process.returncode == 2
    assert b"what was edited is dropped" in messages
    assert project.file("production").read_bytes() == before
    assert nowhere(project)


def test_what_somebody_else_changed_meanwhile_stays(project: SecretProject) -> None:
    body = (
        "(home / 'open').touch()\n"
        "while not (home / 'go').exists(): time.sleep(0.02)\n"
        "path.write_text(text.replace('same', 'mine'))"
    )
    with project.start("edit", "--profile", "production", EDITOR=editor(project, body)) as process:
        _wait_for(project.home / "open")
        lines = "API_KEY=theirs\nMORE=theirs\n"
        assert project.run("encrypt", "--profile", "production", "-", stdin=lines).status == 0
        (project.home / "go").touch()
        process.communicate(timeout=60)
    assert process.returncode == 0
    assert project.secrets("production").values == {"API_KEY": "theirs", "MORE": "theirs", "OTHER": "mine"}


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_told_to_end_while_the_editor_is_open(project: SecretProject, number: signal.Signals) -> None:
    before = project.file("production").read_bytes()
    body = (
        "(path.parent / 'backup~').write_text(text)\n"
        "(home / 'open').write_text(str(os.getpid()))\n"
        "time.sleep(60)"
    )
    with project.start("edit", "--profile", "production", EDITOR=editor(project, body)) as process:
        _wait_for(project.home / "open")
        assert not nowhere(project)
        if number is signal.SIGINT:
            os.killpg(process.pid, number)  # as a terminal does
        else:
            os.kill(process.pid, number)
        process.communicate(timeout=30)
    assert process.returncode == (3 if number is signal.SIGINT else 128 + number)
    assert nowhere(project)
    assert project.file("production").read_bytes() == before
    _wait_for_the_end(int((project.home / "open").read_text()))


def test_no_editor(project: SecretProject) -> None:
    ended = project.run("edit", "--profile", "production", VISUAL="no-such-editor --wait")
    assert (ended.status, ended.output) == (3, "")
    assert "no-such-editor cannot be started" in ended.messages
    assert nowhere(project)


def test_without_recipients_no_editor_is_opened(project: SecretProject) -> None:
    project.encrypt_to()
    body = "(home / 'open').touch()"
    ended = project.run("edit", "--profile", "production", EDITOR=editor(project, body))
    assert (ended.status, (project.home / "open").exists()) == (2, False)


def _wait_for(path: Path) -> None:
    end = time.monotonic() + 30
    while not path.exists() or not path.parent.exists():
        assert time.monotonic() < end, f"{path} does not come"
        time.sleep(0.02)


def _wait_for_the_end(process: int) -> None:
    end = time.monotonic() + 10
    while Path(f"/proc/{process}").exists():
        assert time.monotonic() < end, "the editor is still there"
        time.sleep(0.02)
