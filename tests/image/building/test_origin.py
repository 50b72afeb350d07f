"""When an image was made: what the commit says, or who knows better."""

import os
import subprocess
from pathlib import Path

import pytest

from samestack.errors import RequestError
from samestack.image.building.origin import Origin, origin_of

NAMES = {f"GIT_{who}_{what}": "a@b" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}
DATES = {"GIT_AUTHOR_DATE": "@1600000000 +0000", "GIT_COMMITTER_DATE": "@1700000000 +0900"}


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    (tmp_path / "a.py").write_text("1")
    for words in (("init",), ("add", "a.py"), ("commit", "-m", "first\n\ncommitter x 5 +0000")):
        environment = {**os.environ, **NAMES, **DATES}
        subprocess.run(("git", *words), cwd=tmp_path, check=True, capture_output=True, env=environment)
    return tmp_path


def commit_of(checkout: Path) -> str:
    words = ("git", "rev-parse", "HEAD")
    return subprocess.run(words, cwd=checkout, check=True, capture_output=True, text=True).stdout.strip()


def test_the_time_of_the_commit(checkout: Path) -> None:
    assert origin_of(checkout, {}) == Origin(created="2023-11-14T22:13:20Z", revision=commit_of(checkout))


def test_a_packed_commit_too(checkout: Path) -> None:
    subprocess.run(("git", "gc"), cwd=checkout, check=True, capture_output=True)
    assert origin_of(checkout, {}).created == "2023-11-14T22:13:20Z"


def test_a_changed_file_is_of_no_commit(checkout: Path) -> None:
    (checkout / "a.py").write_text("22")
    assert origin_of(checkout, {}) == Origin(created="2023-11-14T22:13:20Z")


def test_whoever_says_the_time_is_believed(checkout: Path) -> None:
    found = origin_of(checkout, {"SOURCE_DATE_EPOCH": "86400"})
    assert (found.created, found.revision) == ("1970-01-02T00:00:00Z", commit_of(checkout))


def test_no_commit_no_time(tmp_path: Path) -> None:
    assert origin_of(tmp_path, {}) == Origin()


@pytest.mark.parametrize("said", ["yesterday", "9" * 40, "1.5"])
def test_what_is_no_time(tmp_path: Path, said: str) -> None:
    with pytest.raises(RequestError, match="SOURCE_DATE_EPOCH is no time"):
        origin_of(tmp_path, {"SOURCE_DATE_EPOCH": said})
