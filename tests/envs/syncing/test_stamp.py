"""A stamp holds as long as nothing has changed that it speaks of, and no longer."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from samestack.envs.syncing import stamp

WORDS = ".venv is what pylock.toml says: 1 package"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    site = tmp_path / ".venv/lib/python3.9/site-packages"
    (site / "alpha").mkdir(parents=True)
    (tmp_path / ".venv/.samestack").mkdir()
    (tmp_path / "pylock.toml").write_text("lock")
    (tmp_path / "python").touch()
    paths = ("pylock.toml", "pyproject.toml", "python", ".venv/lib/python3.9/site-packages")
    text = stamp.text_of(
        WORDS, str(tmp_path / ".venv"), str(tmp_path), [str(tmp_path / one) for one in paths]
    )
    Path(stamp.path_in(str(tmp_path / ".venv"))).write_text(text)
    return tmp_path


def said(project: Path) -> str:
    return stamp.last_words(str(project / ".venv"), str(project))


def test_it_says_what_the_last_sync_said(project: Path) -> None:
    assert said(project) == WORDS
    assert stamp.is_unchanged(str(project / ".venv"))


def rewrite_in_place(project: Path) -> None:
    """The same size, and the old time of change put back: the time of the inode tells."""
    path = project / "pylock.toml"
    before = path.stat()
    path.write_text("kcol")
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))


CHANGES: dict[str, Callable[[Path], object]] = {
    "the lock is written anew": lambda project: (project / "pylock.toml").write_text("lock"),
    "the lock is altered, its time put back": rewrite_in_place,
    "a manifest appears": lambda project: (project / "pyproject.toml").touch(),
    "the interpreter is gone": lambda project: (project / "python").unlink(),
    "something is installed": lambda project: (project / ".venv/lib/python3.9/site-packages/beta").mkdir(),
    "something is taken away": lambda project: (project / ".venv/lib/python3.9/site-packages/alpha").rmdir(),
    "the packages are gone": lambda project: shutil.rmtree(project / ".venv/lib"),
    "the stamp is gone": lambda project: os.unlink(stamp.path_in(str(project / ".venv"))),  # noqa: PTH108
    "the stamp is cut": lambda project: os.truncate(stamp.path_in(str(project / ".venv")), 20),
    "the stamp is no text": lambda project: Path(stamp.path_in(str(project / ".venv"))).write_bytes(
        b"\xff\0\n\n\n\n\n\n"
    ),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_it_says_nothing_any_more_when(project: Path, change: Callable[[Path], object]) -> None:
    change(project)
    assert said(project) == ""
    assert not stamp.is_unchanged(str(project / ".venv"))


def test_a_copy_is_another_environment(project: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    copied = tmp_path_factory.mktemp("copy") / "project"
    shutil.copytree(project, copied, symlinks=True)
    assert said(copied) == ""
    assert stamp.last_words(str(project / ".venv"), str(copied)) == ""
    assert said(project) == WORDS


def test_without_a_project_it_is_no_stamp_of_a_plain_sync(project: Path) -> None:
    text = stamp.text_of(WORDS, str(project / ".venv"), "", [str(project / "pylock.toml")])
    Path(stamp.path_in(str(project / ".venv"))).write_text(text)
    assert said(project) == ""
    assert stamp.is_unchanged(str(project / ".venv"))


def test_asking_it_imports_next_to_nothing(project: Path) -> None:
    script = (
        "import sys\nfrom samestack.envs.syncing.stamp import last_words\n"
        "last_words('.venv', '.')\nprint(*sys.modules)"
    )
    loaded = subprocess.run(
        [sys.executable, "-c", script], cwd=project, capture_output=True, text=True, check=True
    ).stdout.split()
    bare = subprocess.run(
        [sys.executable, "-c", "import sys\nprint(*sys.modules)"], capture_output=True, text=True, check=True
    ).stdout.split()
    more = {name for name in loaded if not name.startswith(("samestack", "collections"))} - set(bare)
    assert not more & {"argparse", "msgspec", "pathlib", "typing", "re", "rich", "tomllib"}
