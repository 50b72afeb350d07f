"""Places with a ``*``, and the conda environments that are found by them."""

from pathlib import Path

import pytest

from samestack.capture.probes.conda.conda_prefixes import find_conda_prefixes
from samestack.capture.probes.places import MAX_SIBLINGS, directories_at
from samestack.capture.tree import RootTree


@pytest.fixture
def root(tmp_path: Path) -> Path:
    for path in ("opt/one/lib", "opt/two/lib", "opt/.hidden/lib", "opt/three"):
        (tmp_path / path).mkdir(parents=True)
    (tmp_path / "opt/file").touch()
    (tmp_path / "opt/link").symlink_to("/opt/one")
    return tmp_path


def test_a_star_is_any_directory_that_is_not_hidden(root: Path) -> None:
    tree = RootTree(root)
    assert list(directories_at(tree, "/opt/*/lib")) == ["/opt/one/lib", "/opt/one/lib", "/opt/two/lib"]
    assert list(directories_at(tree, "/opt/.hidden/*")) == ["/opt/.hidden/lib"]
    assert list(directories_at(tree, "/nothing/*/lib")) == []
    assert list(directories_at(tree, "/opt")) == ["/opt"]


def test_only_so_many_directories_are_looked_into(tmp_path: Path) -> None:
    for number in range(MAX_SIBLINGS + 5):
        (tmp_path / f"{number:04}").mkdir()
    assert len(list(directories_at(RootTree(tmp_path), "/*"))) == MAX_SIBLINGS


def test_conda_environments_stand_once(root: Path) -> None:
    (root / "etc").mkdir()
    (root / "etc/passwd").write_text("ada:x:1000:1000::/home/ada:/bin/sh\n")
    for prefix in (
        "opt/one",
        "opt/one/envs/train",
        "home/ada/miniforge3/envs/x",
        "project/.pixi/envs/default",
    ):
        (root / prefix / "conda-meta").mkdir(parents=True)
    assert find_conda_prefixes(RootTree(root)) == (
        "/opt/one",
        "/opt/one/envs/train",
        "/home/ada/miniforge3/envs/x",
        "/project/.pixi/envs/default",
    )
