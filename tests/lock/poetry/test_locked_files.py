"""The names of files in locks of Poetry, old and new."""

from pathlib import Path

import pytest

from samestack.errors import InputError
from samestack.lock.poetry.locked_files import LockedFile, locked_files

FILE = '{file = "six-1.0-py3-none-any.whl", hash = "sha256:00"}'
FOUND = {("six", "1.0"): (LockedFile("six-1.0-py3-none-any.whl", "sha256:00"),)}


def test_beside_the_package(tmp_path: Path) -> None:
    path = tmp_path / "poetry.lock"
    path.write_text(f'[[package]]\nname = "Six"\nversion = "1.0"\nfiles = [{FILE}]\n')
    assert locked_files(path) == FOUND


def test_under_metadata_as_of_old(tmp_path: Path) -> None:
    path = tmp_path / "poetry.lock"
    path.write_text(f'[[package]]\nname = "Six"\nversion = "1.0"\n[metadata.files]\nSix = [{FILE}]\n')
    assert locked_files(path) == FOUND


def test_a_version_that_is_none(tmp_path: Path) -> None:
    path = tmp_path / "poetry.lock"
    path.write_text('[[package]]\nname = "six"\nversion = "one"\n')
    with pytest.raises(InputError, match=r"poetry\.lock: \$\.package"):
        locked_files(path)
