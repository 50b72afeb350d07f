"""``config rotate``: new values, and new recipients."""

import os
import pty
import time
from pathlib import Path

import pytest

from samestack.outside.source_error import SourceError
from tests.cli.configs.secret_actions import LONG_AGO, SecretProject
from tests.config.age.keys import new_key

CANARY = "canary-c41d08"


@pytest.fixture(name="project")
def _project(tmp_path: Path) -> SecretProject:
    project = SecretProject(tmp_path)
    for profile in ("development", "production"):
        project.put(profile, {"API_KEY": "old", "OTHER": "same"})
    return project


def test_a_new_value_from_a_pipe(project: SecretProject) -> None:
    before = project.secrets("development")
    ended = project.run("rotate", "api-key", stdin=f"{CANARY}\n")
    assert ended == (0, f"{project.file('development')}: API_KEY changed\n", "")
    after = project.secrets("development")
    assert after.values == {"API_KEY": CANARY, "OTHER": "same"}
    assert after.variables["OTHER"] == before.variables["OTHER"]
    assert after.variables["API_KEY"].changed > LONG_AGO
    assert project.secrets("production").values["API_KEY"] == "old"


def test_a_new_value_from_a_prompt_that_shows_nothing(project: SecretProject) -> None:
    ours, theirs = pty.openpty()
    with project.start("rotate", "API_KEY", stdin=theirs) as process:
        os.close(theirs)
        assert process.stderr is not None
        prompt = b""
        while not prompt.endswith(b": "):
            prompt += process.stderr.read(1)
        assert b"The new value of API_KEY: " in prompt
        os.write(ours, f"{CANARY}\n".encode())
        output, messages = process.communicate(timeout=30)
        shown = _left(ours)
    assert process.returncode == 0
    assert CANARY.encode() not in output + messages + shown
    assert project.secrets("development").values["API_KEY"] == CANARY


def _left(terminal: int) -> bytes:
    os.set_blocking(terminal, False)
    try:
        return os.read(terminal, 4096)
    except OSError:  # nothing, and nobody at the other end
        return b""
    finally:
        os.close(terminal)


def test_a_random_value(project: SecretProject) -> None:
    ended = project.run("rotate", "API_KEY", "--generate")
    first = project.secrets("development").values["API_KEY"]
    assert (ended.status, len(first)) == (0, 43)
    assert first not in f"{ended}"
    assert project.run("rotate", "API_KEY", "--generate", "64").status == 0
    assert len(project.secrets("development").values["API_KEY"]) == 86


def test_recipients_of_today(project: SecretProject) -> None:
    leaver, newcomer = new_key(), new_key()
    project.encrypt_to(project.key, leaver)
    ended = project.run("rotate", "--all")
    assert ended.status == 0
    assert ended.output.splitlines() == [
        f"{project.file(name)}: encrypted to 2 recipients, 1 added" for name in ("development", "production")
    ]
    assert ended.messages == ""
    project.encrypt_to(project.key, newcomer)
    ended = project.run("rotate", "--profile", "production")
    assert ended.output.endswith("encrypted to 2 recipients, 1 added, 1 removed\n")
    assert "can still read what is in older commits" in ended.messages
    assert project.secrets("production", newcomer).values["API_KEY"] == "old"
    assert project.secrets("development", leaver).values["API_KEY"] == "old"
    with pytest.raises(SourceError):
        project.secrets("production", leaver)


def test_either_all_files_can_be_read_or_none_is_written(project: SecretProject) -> None:
    project.file("production").write_text("damaged")
    before = project.file("development").read_bytes()
    assert project.run("rotate", "--all").status == 2
    assert project.file("development").read_bytes() == before


def test_the_same_value_is_no_rotation(project: SecretProject) -> None:
    before = project.file("development").read_bytes()
    ended = project.run("rotate", "API_KEY", stdin="old")
    assert (ended.status, ended.output) == (2, "")
    assert "API_KEY has this value already" in ended.messages
    assert project.file("development").read_bytes() == before


@pytest.mark.parametrize(
    ("words", "stdin", "message"),
    [
        (("API_KYE",), CANARY, "did you mean 'API_KEY'"),
        ((CANARY,), "", "there is no variable of that name"),
        (("API_KEY",), "", "no value for API_KEY"),
        (("API_KEY", "--all"), CANARY, "--all is every profile"),
        (("--all", "--profile", "production"), "", "--all is every profile"),
        (("--generate",), "", "--generate makes a value for a variable"),
        (("API_KEY", "--generate", "4"), "", "--generate takes 16 to 1024 bytes"),
        (("--profile", "staging"), "", "there is no profile 'staging'"),
    ],
)
def test_what_cannot_be_is_said(
    project: SecretProject, words: tuple[str, ...], stdin: str, message: str
) -> None:
    ended = project.run("rotate", *words, stdin=stdin)
    assert (ended.status, ended.output) == (2, "")
    assert message in ended.messages
    assert CANARY not in ended.messages


def test_without_any_file(tmp_path: Path) -> None:
    project = SecretProject(tmp_path / "new")
    assert "no profile has secrets here" in project.run("rotate", "--all").messages
    assert "there is no such file" in project.run("rotate", "A", stdin="x").messages


def test_no_value_is_on_a_command_line(project: SecretProject) -> None:
    """While the new value is on its way through a pipe, what everybody can see of the process has it not."""
    with project.start("rotate", "API_KEY") as process:
        assert process.stdin is not None
        process.stdin.write(CANARY.encode())
        process.stdin.flush()
        _wait_for_words(process.pid)
        seen = [Path(f"/proc/{process.pid}/{name}").read_bytes() for name in ("cmdline", "environ")]
        process.communicate(timeout=30)
    assert b"rotate" in seen[0]
    assert CANARY.encode() not in b"".join(seen)
    assert process.returncode == 0


def _wait_for_words(process: int) -> None:
    """Until the kernel shows the arguments of a program that has just begun."""
    end = time.monotonic() + 30
    while not Path(f"/proc/{process}/cmdline").read_bytes():
        assert time.monotonic() < end, "it does not begin"
        time.sleep(0.01)
