"""Files appear whole or not at all; directories go."""

from pathlib import Path

import pytest

from samestack.errors import OutsideError
from samestack.files import remove_directory, write_file


def test_a_file_replaces_the_one_that_was_there(tmp_path: Path) -> None:
    place = tmp_path / "file"
    write_file(b"one", place)
    write_file(b"two", place)
    assert place.read_bytes() == b"two"
    assert list(tmp_path.iterdir()) == [place]


def test_what_cannot_be_written_leaves_nothing_beside_it(tmp_path: Path) -> None:
    place = tmp_path / "directory"
    (place / "within").mkdir(parents=True)
    with pytest.raises(OutsideError, match="cannot be written"):
        write_file(b"one", place)
    assert list(tmp_path.iterdir()) == [place]


def test_a_directory_goes_with_all_that_is_in_it_and_nothing_beyond(tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "kept").touch()
    place = tmp_path / "place"
    (place / "one/two").mkdir(parents=True)
    (place / "one/file").touch()
    (place / "one/link to a directory").symlink_to(outside)
    (place / "one/link to nothing").symlink_to(tmp_path / "missing")
    remove_directory(place)
    assert not place.exists()
    assert (outside / "kept").exists()


def test_one_that_is_not_there_is_gone_already(tmp_path: Path) -> None:
    remove_directory(tmp_path / "missing")
