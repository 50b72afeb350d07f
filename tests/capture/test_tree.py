"""A tree shows what is below its root, whatever the links in it say."""

import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samestack.capture.tree import MachineTree, RootTree, Tree
from samestack.errors import InputError


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "secret").write_text("outside")
    root = tmp_path / "root"
    (root / "usr/lib").mkdir(parents=True)
    (root / "usr/lib/os-release").write_text("ID=debian\n")
    (root / "etc").mkdir()
    (root / "etc/os-release").symlink_to("../usr/lib/os-release")
    (root / "lib").symlink_to("/usr/lib")
    (root / "escape").symlink_to(tmp_path / "secret")
    (root / "climb").symlink_to("../../../../../../secret")
    (root / "round").symlink_to("round")
    os.mkfifo(root / "pipe")
    return root


def trees(root: Path) -> tuple[tuple[Tree, str], ...]:
    return ((RootTree(root), ""), (MachineTree(), str(root)))


def test_both_trees_read_the_same_way(root: Path) -> None:
    for tree, prefix in trees(root):
        assert tree.read(f"{prefix}/etc/os-release") == b"ID=debian\n"
        assert tree.is_file(f"{prefix}/etc/os-release")
        assert tree.is_directory(f"{prefix}/usr")
        assert not tree.is_file(f"{prefix}/nothing")
        assert [entry.name for entry in tree.entries(f"{prefix}/usr")] == ["lib"]
        assert tree.entries(f"{prefix}/nothing") == []
        with tree.open(f"{prefix}/usr/lib/os-release") as file:
            assert file.read(2) == b"ID"
        assert tree.shown(f"{prefix}/etc") == str(root / "etc")


def test_an_absolute_link_stays_inside_the_root(root: Path) -> None:
    assert RootTree(root).read("/lib/os-release") == b"ID=debian\n"
    assert RootTree(root).resolve("/lib/os-release") == "/usr/lib/os-release"


@pytest.mark.parametrize("path", ["/escape", "/climb", "/../secret", "/usr/../../secret"])
def test_nothing_outside_the_root_is_read(root: Path, path: str) -> None:
    tree = RootTree(root)
    assert not tree.is_file(path)
    with pytest.raises(OSError, match="No such file"):
        tree.read(path)


def test_links_that_lead_nowhere_are_neither_file_nor_directory(root: Path) -> None:
    for tree, prefix in trees(root):
        found = {entry.name: entry for entry in tree.entries(f"{prefix}/")}
        assert found["round"].is_link
        assert not found["round"].is_file
        assert not tree.is_file(f"{prefix}/round")
        assert tree.entries(f"{prefix}/round") == []
        with pytest.raises(OSError, match="round"):
            tree.read(f"{prefix}/round")


def test_a_pipe_is_not_waited_for(root: Path) -> None:
    for tree, prefix in trees(root):
        with pytest.raises(OSError, match="not a regular file"):
            tree.read(f"{prefix}/pipe")


def test_a_large_file_is_refused_with_its_name(root: Path) -> None:
    for tree, prefix in trees(root):
        with pytest.raises(InputError, match="os-release: larger than the 4 bytes"):
            tree.read(f"{prefix}/usr/lib/os-release", limit=4)


@given(parts=st.lists(st.sampled_from(["..", ".", "usr", "lib", "escape", "climb", "round", "x", ""])))
def test_no_path_leads_out(tmp_path_factory: pytest.TempPathFactory, parts: list[str]) -> None:
    outside = tmp_path_factory.mktemp("outside")
    root = outside / "root"
    (root / "usr").mkdir(parents=True)
    (root / "escape").symlink_to(outside)
    (root / "climb").symlink_to("../..")
    resolved = RootTree(root).resolve("/" + "/".join(parts))
    assert resolved.startswith("/")
    assert ".." not in resolved.split("/")
