"""Editable installations whose sources are gone, changed, or as they were."""

import shutil
from pathlib import Path

import pytest

from samestack.capture.options import Options
from samestack.capture.probes.python.distribution import Distribution
from samestack.capture.probes.python.editable_sources import editable_sources
from samestack.capture.readers.environments.venv import read
from samestack.capture.tree import MachineTree, RootTree
from samestack.model import Remark
from tests.capture.git.repository import commit, git, repository
from tests.capture.planted import dist_info, interpreter, venv, write

TREE = MachineTree()


def installed(path: Path | str, version: str = "1.0", *, is_editable: bool = True) -> Distribution:
    return Distribution(
        name="demo",
        version=version,
        site_directory="/site",
        metadata_directory="/site/demo-1.0.dist-info",
        is_editable=is_editable,
        path=str(path),
    )


def remarks(path: Path | str, version: str = "1.0") -> tuple[Remark, ...]:
    return editable_sources(TREE, [installed(path, version)])


def test_a_source_that_is_gone(tmp_path: Path) -> None:
    (remark,) = remarks(tmp_path / "gone")
    assert (remark.code, remark.subject) == ("source-gone", "demo")
    assert remark.message == f"it is installed as a link to a directory that is not there: {tmp_path}/gone"
    assert remark.place == str(tmp_path / "gone")


@pytest.mark.parametrize("path", ["", "relative/path", "/gone\ufffd", "/gone\u2026"])
def test_what_was_not_written_down_whole_cannot_be_told(path: str) -> None:
    assert remarks(path) == ()


def test_another_installation_and_another_machine_are_not_asked(tmp_path: Path) -> None:
    gone = tmp_path / "gone"
    assert editable_sources(TREE, [installed(gone, is_editable=False)]) == ()
    assert editable_sources(RootTree(tmp_path), [installed(gone)]) == ()


def test_a_checkout_is_changed_when_a_file_of_it_is(tmp_path: Path) -> None:
    root = repository(tmp_path / "demo")
    assert remarks(root) == ()
    (root / "setup.py").write_text("# changed\n")
    (remark,) = remarks(root)
    assert (remark.code, remark.subject, remark.place) == ("source-changed", "demo", str(root))
    assert remark.message == (
        "its source is a git checkout in which a file changed without a commit (setup.py first)"
    )
    (root / "demo/more.py").unlink()
    (remark,) = remarks(root)
    assert "2 files changed without a commit (demo/more.py first)" in remark.message
    commit(root)
    assert remarks(root) == ()


def test_a_change_elsewhere_in_a_large_checkout_is_none(tmp_path: Path) -> None:
    root = repository(tmp_path / "many")
    (root / "docs/a b é.txt").write_text("# changed\n")
    assert remarks(root / "demo") == ()
    (tmp_path / "link").symlink_to(root)
    assert len(remarks(tmp_path / "link")) == 1


@pytest.mark.parametrize(
    "version", ["0.1.dev5+g{}", "0.1.dev5+g{}.d20240101", "1.0+5.g{}", "1.0+5.g{}.dirty", "1.0+local.g{}"]
)
def test_a_version_that_names_a_commit(tmp_path: Path, version: str) -> None:
    root = repository(tmp_path / "demo")
    first = git(root, "rev-parse", "HEAD")
    stated = version.format(first[:9])
    assert remarks(root, stated) == ()
    second = commit(root)
    (remark,) = remarks(root, stated)
    assert remark.code == "source-changed"
    assert remark.message == (
        f"it was installed at commit {first[:9]}, and its source is at commit {second[:12]} now"
    )


@pytest.mark.parametrize("version", ["1.0", "1.0+cu118", "1.0+gpu", "1.0+g12", "1.0+gabcdefg", "1.0.dev3"])
def test_a_version_that_names_none(tmp_path: Path, version: str) -> None:
    assert remarks(repository(tmp_path / "demo"), version) == ()


def test_a_checkout_that_does_not_keep_the_source_says_nothing_of_it(tmp_path: Path) -> None:
    root = repository(tmp_path / "outer")
    (root / "vendored").mkdir()
    assert remarks(root / "vendored", "1.0+gabcdef123") == ()
    assert remarks(tmp_path) == ()


def test_a_repository_of_sha256_is_not_judged(tmp_path: Path) -> None:
    root = tmp_path / "demo"
    root.mkdir()
    git(root, "init", "--quiet", "--object-format", "sha256")
    (root / "a.py").write_text("x")
    commit(root)
    (root / "a.py").write_text("changed")
    assert remarks(root) == ()


def test_a_deep_capture_tells_it_each_time_anew(tmp_path: Path) -> None:
    """Also where the environment itself has not changed since it was captured last."""
    root = repository(tmp_path / "demo")
    linked = f'{{"url": "{root.as_uri()}", "dir_info": {{"editable": true}}}}'
    site = venv(tmp_path / "venv", interpreter(tmp_path / "python"))
    write(dist_info(site, "demo", "1.0") / "direct_url.json", linked)

    def codes(*, deep: bool = True) -> list[str]:
        observation = read(str(tmp_path / "venv"), Options(deep=deep))
        return [one.code for one in observation.remarks if one.code.startswith("source-")]

    assert codes() == []
    (root / "setup.py").write_text("# changed\n")
    assert codes() == ["source-changed"]
    shutil.rmtree(root)
    assert codes() == ["source-gone"]
    assert codes(deep=False) == []
