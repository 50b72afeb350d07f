"""How Poetry is called, and what is made of what it says."""

from pathlib import Path

import pytest

from samestack.errors import OutsideError, RequestError
from samestack.lock.poetry.poetry_call import PoetryCall, failure, is_no_solution
from samestack.lock.poetry.poetry_program import PoetryProgram
from samestack.process import Finished

POETRY = PoetryProgram(words=("poetry",), version="2.5.1", source="PATH")
BARS = """\
Installing dependencies from lock file

  - Installing idna (3.20)

    | Downloaded distributions for idna (3.20) did not match any known checksums in your lock file.
    | 
    | Causes:
    |   - invalid or corrupt cache
"""  # noqa: W291 - as Poetry writes it


def call_of(directory: Path, *words: str) -> PoetryCall:
    program = PoetryProgram(words=words, version="2.5.1", source="PATH")
    return PoetryCall(
        program=program, directory=directory, environment=directory / "env", nowhere=directory / "nowhere"
    )


def script(directory: Path, text: str) -> str:
    path = directory / "poetry"
    path.write_text(f"#!/bin/sh\n{text}\n")
    path.chmod(0o755)
    return str(path)


def test_it_works_on_the_environment_that_it_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in {
        "VIRTUAL_ENV": "/other",
        "CONDA_DEFAULT_ENV": "base",
        "POETRY_VIRTUALENVS_IN_PROJECT": "true",
        "POETRY_HTTP_BASIC_OWN_USERNAME": "sarah",
        "PYTHONPATH": "/elsewhere",
    }.items():
        monkeypatch.setenv(name, value)
    monkeypatch.delenv("POETRY_KEYRING_ENABLED", raising=False)
    output = call_of(tmp_path, script(tmp_path, 'env; echo "said=$*"')).run("lock").output
    said = dict(line.partition("=")[::2] for line in output.splitlines())
    assert said["VIRTUAL_ENV"] == str(tmp_path / "env")
    assert said["CONDA_DEFAULT_ENV"] == said["PYTHONPATH"] == ""
    assert said["POETRY_VIRTUALENVS_IN_PROJECT"] == said["POETRY_KEYRING_ENABLED"] == "false"
    assert said["POETRY_HTTP_BASIC_OWN_USERNAME"] == "sarah"
    assert said["said"] == "--no-interaction --no-ansi lock"


def test_a_keyring_is_asked_where_the_user_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("POETRY_KEYRING_ENABLED", "true")
    assert call_of(tmp_path, "poetry").variables["POETRY_KEYRING_ENABLED"] == "true"


def test_lines_as_they_come_and_the_reason_at_the_end(tmp_path: Path) -> None:
    said = BARS.replace("'", "")
    call = call_of(tmp_path, script(tmp_path, f"cat <<'E'\n{said}E\necho warning >&2; exit 1"))
    heard: list[str] = []
    with pytest.raises(
        OutsideError, match=r"Poetry 2\.5\.1: Downloaded distributions for idna \(3\.20\)"
    ) as caught:
        heard += call.lines("sync")
    assert heard[0] == "Installing dependencies from lock file\n"
    assert "Causes" not in caught.value.message
    assert "lock anew" in (caught.value.hint or "")


CRASH = """\
  - Installing beta (1.0)

  HTTPError

  503 Server Error for url: first

  at /somewhere/models.py:1167 in raise_for_status
      1163│                 text

The following error occurred when trying to handle this error:


  RepositoryError

  503 Server Error for url: second

  at /somewhere/http_repository.py:557 in _get_response
      553│             text

Cannot install beta.
"""


def test_the_last_of_its_own_errors() -> None:
    assert failure(POETRY, CRASH, "").message == "Poetry 2.5.1: 503 Server Error for url: second"


@pytest.mark.parametrize(
    ("messages", "kind", "words"),
    [
        ("\nThe following packages are not dependencies of this project: x", RequestError, "project: x"),
        (
            "\n500 Server Error for url: http://sarah:hunter2@h.example/a\n",
            OutsideError,
            "http://h.example/a",
        ),
        (
            "All attempts to connect to sarah:hunter2@h.example:9 failed.",
            OutsideError,
            "to h.example:9 failed",
        ),
        ("", OutsideError, "it did not say why"),
        ("first\nline\n\nsecond", OutsideError, "Poetry 2.5.1: first line"),
    ],
)
def test_failures(messages: str, kind: type[Exception], words: str) -> None:
    error = failure(POETRY, "", messages)
    assert type(error) is kind
    assert words in error.message
    assert "\n" not in error.message
    assert "hunter2" not in error.message


@pytest.mark.parametrize(
    ("messages", "answer"),
    [
        ("Because demo depends on a (*) which doesn't match any versions, version solving failed.", True),
        ("Incompatible constraints in requirements of demo (0.1):\nclick (<7)", True),
        ("Source (local): Authorization error accessing http://h/a/\n\nversion solving failed.", False),
        ("All attempts to connect to h:9 failed.", False),
    ],
)
def test_no_solution(messages: str, *, answer: bool) -> None:
    assert is_no_solution(Finished(status=1, output="", messages=messages)) is answer
    assert not is_no_solution(Finished(status=0, output="", messages=messages))
