"""The ssh client: what it is given, what it says, and how long it may take."""

import time
from collections.abc import Callable
from pathlib import Path

import pytest

from samestack.capture.entry import capture
from samestack.capture.ssh import connection
from samestack.errors import OutsideError
from samestack.model import Reference
from samestack.outside.source_error import Reason, SourceError

Client = Callable[[str], Path]
CANARY = "canary-5f1d"


@pytest.fixture
def client(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Client:
    """A program that is ``ssh`` on PATH, for the time of a test; the file that it writes its words to."""

    def write(text: str) -> Path:
        program, words = tmp_path / "bin/ssh", tmp_path / "words"
        program.parent.mkdir()
        program.write_text(f'#!/bin/sh\nprintf "%s\\n" "$@" > {words}\n{text}\n')
        program.chmod(0o755)
        monkeypatch.setenv("PATH", f"{program.parent}:/usr/bin:/bin")
        return words

    return write


def asked(text: str = "ssh:ada@gpu1:2222/machine:") -> SourceError:
    with pytest.raises(SourceError) as caught:
        capture(Reference.parse(text))
    return caught.value


@pytest.mark.parametrize(
    ("said", "reason", "message"),
    [
        ("ada@gpu1: Permission denied (publickey).", Reason.DENIED, "it does not let us in"),
        ("Host key verification failed.", Reason.DENIED, "its host key is not known, or has changed"),
        ("ssh: Could not resolve hostname gpu1: Name", Reason.UNREACHABLE, "there is no host of that name"),
        ("ssh: connect to host gpu1: Connection refused", Reason.UNREACHABLE, "nobody answers there"),
        ("subsystem request failed on channel 0", Reason.UNREACHABLE, "its ssh server offers no SFTP"),
        (f"the proxy says {CANARY}", Reason.UNREACHABLE, "the connection broke off"),
    ],
)
def test_why_it_does_not_connect(client: Client, said: str, reason: Reason, message: str) -> None:
    words = client(f"echo '{said}' >&2; exit 255")
    error = asked()
    assert error.reason is reason
    assert error.message == f"ssh:ada@gpu1:2222: {message}"
    assert error.hint == "see what it says: ssh -p 2222 ada@gpu1 true"
    assert CANARY not in error.message
    assert words.read_text().splitlines()[-8:] == ["-s", "-l", "ada", "-p", "2222", "--", "gpu1", "sftp"]


def test_a_client_that_says_nothing_is_waited_for_and_ended(
    client: Client, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(connection, "ANSWER_SECONDS", 0.5)
    client(f"echo $$ > {tmp_path}/id; exec sleep 60")
    start = time.monotonic()
    assert "no answer in time" in asked().message
    assert time.monotonic() - start < 10
    assert not Path(f"/proc/{(tmp_path / 'id').read_text().strip()}/exe").exists()


def test_a_shell_that_writes_when_it_starts(client: Client) -> None:
    client("echo Welcome to this machine, and mind the gap; sleep 5")
    error = asked("ssh:gpu1/machine:")
    assert error.message == "ssh:gpu1: its answer is not one of SFTP"
    assert error.hint == "does a shell there write when it starts? see: ssh gpu1 true"


def test_more_than_anything_has(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connection, "MAX_BYTES", 4)
    client("printf '\\0\\0\\0\\5\\2\\0\\0\\0\\3'; sleep 5")
    assert "more than 4 bytes came" in asked().message


def test_no_ssh_at_all(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(OutsideError, match="ssh cannot be started: No such file"):
        capture(Reference.parse("ssh:gpu1/machine:"))
