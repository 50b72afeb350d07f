"""A file is there, is missing, or is something else."""

import errno
import os
from pathlib import Path

import pytest

from samestack.capture.probes.optional_file import OptionalFile, read_optional
from samestack.capture.tree import MachineTree, RootTree, Tree


def trees(root: Path) -> tuple[tuple[Tree, str], ...]:
    return ((MachineTree(), str(root)), (RootTree(root), ""))


def test_there_and_missing(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"content")
    (tmp_path / "dangling").symlink_to("nothing")
    for tree, root in trees(tmp_path):
        assert read_optional(tree, f"{root}/file") == OptionalFile(b"content")
        assert read_optional(tree, f"{root}/nothing") == OptionalFile()
        assert read_optional(tree, f"{root}/dangling") == OptionalFile()


def test_what_is_something_else_has_a_problem(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"content")
    (tmp_path / "directory").mkdir()
    (tmp_path / "round").symlink_to("round")
    os.mkfifo(tmp_path / "pipe")
    for tree, root in trees(tmp_path):
        assert read_optional(tree, f"{root}/directory").problem == "it is no regular file"
        assert read_optional(tree, f"{root}/pipe").problem == "it is no regular file"
        assert read_optional(tree, f"{root}/file", limit=3).problem == "it is larger than 3 bytes"
        for path in ("round", "file/below"):
            problem = read_optional(tree, f"{root}/{path}").problem
            assert problem.startswith("it cannot be read: ")


def test_what_may_not_be_read_has_a_problem(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").touch(mode=0)
    monkeypatch.setattr(os, "open", refuse)  # the file's mode alone does not keep an administrator out
    assert "Permission denied" in read_optional(MachineTree(), str(tmp_path / "file")).problem


def refuse(path: str, *_: object) -> int:
    raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), path)
