"""Secrets are readable for the container and for nobody else here, and are gone with the process."""

import signal
import stat
import subprocess
import sys
import time
from pathlib import Path

import pytest

from samestack.errors import InputError, RequestError
from samestack.image.running.secret import (
    MOST_BYTES,
    Secret,
    lay_out,
    parse_secret,
    private_directory,
)

CANARY = "canary-8f14e45fceea167a"
LAY_OUT = """
import os, sys
from pathlib import Path
from samestack.image.running.afterwards import remove_afterwards
from samestack.image.running.secret import Secret, lay_out, private_directory
directory = private_directory()
remove_afterwards(directory)
laid = lay_out([Secret("key", Path(sys.argv[1]))], directory)
print(laid, flush=True)
os.execvp("cat", ["cat"])
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "key.txt"
    path.write_text(CANARY)
    path.chmod(0o600)
    return path


def test_only_this_user_can_enter_and_there_everybody_can_read(file: Path) -> None:
    directory = private_directory()
    try:
        laid = lay_out([Secret("key", file)], directory)
        assert stat.S_IMODE(directory.stat().st_mode) == 0o700
        assert stat.S_IMODE(laid.stat().st_mode) == 0o555
        assert stat.S_IMODE((laid / "key").stat().st_mode) == 0o444
        assert (laid / "key").read_text() == CANARY
    finally:
        laid.chmod(0o700)
        (laid / "key").unlink()
        laid.rmdir()
        directory.rmdir()


@pytest.mark.parametrize("number", [None, signal.SIGTERM, signal.SIGKILL])
def test_they_are_gone_when_what_the_process_became_has_ended(
    file: Path, number: signal.Signals | None
) -> None:
    words = [sys.executable, "-c", LAY_OUT, str(file)]
    process = subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    laid = Path(process.stdout.readline().strip())
    assert (laid / "key").read_text() == CANARY
    if number:
        process.send_signal(number)
    process.communicate(timeout=30)
    assert process.returncode == (-number if number else 0)
    assert is_gone(laid.parent)


def is_gone(directory: Path) -> bool:
    """Whether it goes within some seconds: another process removes it."""
    end = time.monotonic() + 30
    while directory.exists() and time.monotonic() < end:
        time.sleep(0.02)
    return not directory.exists()


def test_nothing_holds_the_pipes_of_whoever_waits(file: Path) -> None:
    """Whoever reads the output sees its end when the program ends, not when the secrets are gone."""
    finished = subprocess.run(
        [sys.executable, "-c", LAY_OUT, str(file)], stdin=subprocess.DEVNULL, capture_output=True, check=True
    )
    assert is_gone(Path(finished.stdout.decode().strip()).parent)


@pytest.mark.parametrize(
    "text", ["key", "=file", "key=", "../key=file", "a/b=file", ".=file", "..=f", "a b=f"]
)
def test_what_is_no_secret(text: str) -> None:
    with pytest.raises(RequestError):
        parse_secret(text)


def test_a_secret_that_was_given_instead_of_its_file_is_not_repeated() -> None:
    with pytest.raises(RequestError) as caught:
        parse_secret(CANARY)
    assert CANARY not in f"{caught.value.message} {caught.value.hint}"


def test_a_name_and_a_file() -> None:
    assert parse_secret("db.password=/a=b") == Secret("db.password", Path("/a=b"))


def test_one_name_twice_and_files_that_cannot_be_read(file: Path, tmp_path: Path) -> None:
    (tmp_path / "aside").mkdir()
    with pytest.raises(RequestError, match="'key' is given twice"):
        lay_out([Secret("key", file), Secret("key", file)], tmp_path / "aside")
    with pytest.raises(InputError, match="no such file"):
        lay_out([Secret("key", tmp_path / "none")], tmp_path / "aside")
    (tmp_path / "large").write_bytes(b"x" * (MOST_BYTES + 1))
    with pytest.raises(InputError, match="larger than"):
        lay_out([Secret("key", tmp_path / "large")], tmp_path / "aside")
    assert list((tmp_path / "aside").iterdir()) == []


def test_they_are_in_memory_where_there_is_room(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    assert private_directory().parent == tmp_path
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path / "none"))
    elsewhere = private_directory()
    assert elsewhere.parent != tmp_path
    elsewhere.rmdir()
