"""Which commit a checkout is at, as git says itself, however its branches are kept."""

from pathlib import Path

import pytest

from samestack.capture.git.checkout import checkout_around, head_commit
from samestack.capture.tree import MachineTree
from tests.capture.git.repository import commit, git, repository
from tests.capture.planted import write

TREE = MachineTree()


def told(directory: Path) -> str | None:
    checkout = checkout_around(TREE, str(directory))
    return None if checkout is None else head_commit(TREE, checkout)


def test_a_branch_and_from_any_directory_below(tmp_path: Path) -> None:
    root = repository(tmp_path / "demo")
    assert told(root) == told(root / "demo") == git(root, "rev-parse", "HEAD")


def test_packed_branches(tmp_path: Path) -> None:
    root = repository(tmp_path / "demo")
    git(root, "branch", "other")
    git(root, "pack-refs", "--all")
    assert not (root / ".git/refs/heads/main").exists()
    assert told(root) == git(root, "rev-parse", "HEAD")
    newer = commit(root)
    assert told(root) == newer


def test_a_detached_head(tmp_path: Path) -> None:
    root = repository(tmp_path / "demo")
    first = git(root, "rev-parse", "HEAD")
    commit(root)
    git(root, "checkout", "--quiet", first)
    assert told(root) == first


def test_a_worktree_and_a_submodule_are_at_commits_of_their_own(tmp_path: Path) -> None:
    root = repository(tmp_path / "demo")
    first = git(root, "rev-parse", "HEAD")
    git(root, "worktree", "add", "--quiet", "-b", "feature", str(tmp_path / "tree"))
    newer = commit(tmp_path / "tree")
    assert (told(root), told(tmp_path / "tree")) == (first, newer)
    outer = repository(tmp_path / "outer")
    git(outer, "-c", "protocol.file.allow=always", "submodule", "--quiet", "add", str(root), "inner")
    assert told(outer / "inner") == first


def test_before_the_first_commit_and_outside_there_is_none(tmp_path: Path) -> None:
    (tmp_path / "new").mkdir()
    git(tmp_path / "new", "init", "--quiet")
    assert told(tmp_path / "new") is None
    assert checkout_around(TREE, "/") is None


@pytest.mark.parametrize(
    "head",
    [
        "",
        "nonsense",
        "ref: ",
        "ref: ../../secret",
        "ref: refs/../../secret",
        "ref: refs/heads/\x07",
        "0" * 39,
    ],
)
def test_a_malformed_head_is_none(tmp_path: Path, head: str) -> None:
    write(tmp_path / "secret", "a" * 40)
    write(tmp_path / "demo/.git/HEAD", head)
    assert told(tmp_path / "demo") is None


@pytest.mark.parametrize("line", ["", "gitdir", "gitdir: nowhere", "gitdir: \x00", "other: .."])
def test_a_malformed_link_is_no_checkout(tmp_path: Path, line: str) -> None:
    write(tmp_path / "demo/.git", line)
    assert told(tmp_path / "demo") is None
