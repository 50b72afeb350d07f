"""Changed files of real checkouts: what ``git diff`` lists, without running what settings name."""

import os
import shutil
import stat
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from samestack.capture.git.changes import changed_files
from samestack.capture.git.checkout import checkout_around
from samestack.capture.tree import MachineTree
from tests.capture.git.repository import OLD, age, commit, git, repository

TREE = MachineTree()


def changed(root: Path, below: str = "") -> tuple[str, ...] | None:
    checkout = checkout_around(TREE, str(root))
    assert checkout is not None
    return changed_files(TREE, checkout, str(root / below) if below else str(root))


def edit(root: Path) -> None:
    (root / "demo/more.py").write_text("# much longer than before\n")


def edit_same_size(root: Path) -> None:
    text = (root / "demo/more.py").read_text()
    (root / "demo/more.py").write_text(text.replace("demo", "Demo"))


def delete(root: Path) -> None:
    (root / "setup.py").unlink()


def delete_directory(root: Path) -> None:
    shutil.rmtree(root / "docs")


def replace_by_link(root: Path) -> None:
    (root / "setup.py").unlink()
    (root / "setup.py").symlink_to("demo/more.py")


def lead_a_link_elsewhere(root: Path) -> None:
    (root / "link").unlink()
    (root / "link").symlink_to("docs/somewhere")


def fill_an_empty_file(root: Path) -> None:
    (root / "empty").write_text("x")


def announce(root: Path) -> None:
    (root / "new.py").write_text("x")
    git(root, "add", "--intent-to-add", "new.py")


@pytest.mark.parametrize(
    "change",
    [
        edit,
        edit_same_size,
        delete,
        delete_directory,
        replace_by_link,
        lead_a_link_elsewhere,
        fill_an_empty_file,
        announce,
    ],
)
@pytest.mark.parametrize("version", [2, 4])
def test_what_git_lists_is_told(tmp_path: Path, change: Callable[[Path], None], version: int) -> None:
    root = repository(tmp_path / "demo", "core.quotePath=false", "core.checkStat=default")
    git(root, "update-index", "--index-version", str(version))
    assert changed(root) == ()
    change(root)
    found = changed(root)
    assert found
    assert list(found) == git(root, "diff", "--name-only").splitlines()


def untouched(root: Path) -> None:
    """Nothing at all."""


def copied(root: Path) -> None:
    """As ``cp -r`` does: every file is new, and has the content that it had."""
    for path in root.rglob("*"):
        if path.is_file() and ".git" not in path.parts:
            os.utime(path, (OLD + 1000, OLD + 1000))


def just_committed(root: Path) -> None:
    (root / "setup.py").write_text("new")
    commit(root)


def untracked(root: Path) -> None:
    (root / "new.py").write_text("x")
    (root / "demo/__pycache__").mkdir()


def executable(root: Path) -> None:
    """Some file systems cannot keep it, so it is no change here."""
    path = root / "setup.py"
    path.chmod(path.stat().st_mode | stat.S_IXUSR)


def staged(root: Path) -> None:
    """The index has it: only git's objects could tell that no commit has."""
    edit(root)
    git(root, "add", "--all")


def ends_of_lines(root: Path) -> None:
    git(root, "config", "core.autocrlf", "true")
    (root / "setup.py").unlink()
    git(root, "checkout", "--quiet", "--", "setup.py")
    assert b"\r\n" in (root / "setup.py").read_bytes()
    copied(root)


def left_out(root: Path) -> None:
    git(root, "sparse-checkout", "set", "--cone", "docs")
    assert not (root / "demo").exists()


@pytest.mark.parametrize(
    "change",
    [untouched, copied, just_committed, untracked, executable, staged, ends_of_lines, left_out],
)
def test_what_is_no_change_or_cannot_be_told(tmp_path: Path, change: Callable[[Path], None]) -> None:
    root = repository(tmp_path / "demo")
    change(root)
    assert changed(root) == ()


def test_a_change_within_one_tick_of_the_clock(tmp_path: Path) -> None:
    root = repository(tmp_path / "demo")
    edit_same_size(root)
    noted = OLD * 1_000_000_000
    os.utime(root / "demo/more.py", ns=(noted, noted))
    assert changed(root) == ()  # as for git itself: nobody sets times back
    os.utime(root / ".git/index", ns=(noted, noted))
    assert changed(root) == ("demo/more.py",)


def test_only_what_is_below_a_directory(tmp_path: Path) -> None:
    root = repository(tmp_path / "demo")
    edit(root)
    assert changed(root, "demo") == ("demo/more.py",)
    assert changed(root, "docs") == ()
    (root / "demo_too").mkdir()
    assert changed(root, "demo_too") is None


def test_a_conflict_that_is_not_solved(tmp_path: Path) -> None:
    root = repository(tmp_path / "demo")
    git(root, "checkout", "--quiet", "-b", "other")
    edit(root)
    commit(root)
    git(root, "checkout", "--quiet", "main")
    (root / "demo/more.py").write_text("# another\n")
    commit(root)
    with pytest.raises(subprocess.CalledProcessError):
        git(root, "merge", "other")
    assert changed(root) == ("demo/more.py",)


def test_what_only_a_program_could_compare_is_not_told(tmp_path: Path) -> None:
    """Large files are kept as pointers: the checkout's file has another content than git's."""
    root = tmp_path / "demo"
    root.mkdir()
    git(root, "init", "--quiet", "--initial-branch", "main")
    git(root, "config", "filter.pointer.clean", "sha256sum")
    (root / ".gitattributes").write_text("*.bin filter=pointer\n")
    (root / "model.bin").write_text("large")
    age(root)
    commit(root)
    copied(root)
    assert changed(root) == ()
    (root / "model.bin").write_text("larger")
    assert changed(root) == ("model.bin",)


def test_no_program_that_a_checkout_names_is_run(tmp_path: Path) -> None:
    root = repository(tmp_path / "demo")
    trap = tmp_path / "trap"
    trap.write_text(f"#!/bin/sh\ntouch {tmp_path}/sprung\n")
    trap.chmod(0o755)
    git(root, "config", "core.fsmonitor", str(trap))
    edit(root)
    assert changed(root) == ("demo/more.py",)
    assert not (tmp_path / "sprung").exists()


@pytest.mark.parametrize("content", [b"", b"nonsense", b"DIRC\0\0\0\2\0\0\0\7"])
def test_an_index_that_cannot_be_read_tells_nothing(tmp_path: Path, content: bytes) -> None:
    root = repository(tmp_path / "demo")
    (root / ".git/index").write_bytes(content)
    assert changed(root) is None
    (root / ".git/index").unlink()
    assert changed(root) is None
