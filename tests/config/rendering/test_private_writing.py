"""A file with secrets is its owner's alone from the first moment."""

import os
import stat
from pathlib import Path

import pytest

from samestack.config.rendering.private_writing import write_private
from samestack.errors import OutsideError, RequestError


def test_only_the_owner_may_read_whatever_stood_there(tmp_path: Path) -> None:
    file = tmp_path / "production.env"
    file.write_text("before")
    file.chmod(0o644)
    before = os.umask(0)
    try:
        write_private(b"API_KEY=canary\n", file)
    finally:
        os.umask(before)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert file.read_bytes() == b"API_KEY=canary\n"
    assert list(tmp_path.iterdir()) == [file]


def test_a_link_is_replaced_and_not_followed(tmp_path: Path) -> None:
    public = tmp_path / "public"
    public.write_text("before")
    (tmp_path / "link").symlink_to(public)
    write_private(b"canary", tmp_path / "link")
    assert public.read_text() == "before"
    assert not (tmp_path / "link").is_symlink()


def test_a_place_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    with pytest.raises(OutsideError, match=r"production\.env: cannot be written"):
        write_private(b"canary", tmp_path / "missing" / "production.env")


def test_what_is_no_file_stays(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(RequestError, match="pipe is no file"):
        write_private(b"canary", tmp_path / "pipe")
    assert [one.name for one in tmp_path.iterdir()] == ["pipe"]
