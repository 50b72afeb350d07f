"""The entries of real indexes of every version, as git lists them; and indexes gone wrong."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samestack.capture.git.index import index_entries
from tests.capture.git.repository import git, repository


@pytest.fixture(scope="module")
def indexes(tmp_path_factory: pytest.TempPathFactory) -> dict[int, bytes]:
    found = {}
    for version in (2, 3, 4):
        root = repository(tmp_path_factory.mktemp("index") / f"v{version}")
        if version == 3:  # written only where an entry needs it
            (root / "announced.py").write_text("x")
            git(root, "add", "--intent-to-add", "announced.py")
        else:
            git(root, "update-index", "--index-version", str(version))
        found[version] = (root / ".git/index").read_bytes()
        assert found[version][7] == version
    return found


@pytest.mark.parametrize("version", [2, 4])
def test_every_entry_is_as_git_lists_it(tmp_path: Path, version: int) -> None:
    root = repository(tmp_path / "demo", "core.quotePath=false")
    (root / ("long" * 60)).mkdir()
    for number in range(300):
        (root / ("long" * 60) / f"{'n' * (number % 200)}{number}").write_text(str(number))
    git(root, "add", "--all")
    git(root, "update-index", "--index-version", str(version))
    listed = [line.split(None, 3) for line in git(root, "ls-files", "--stage").splitlines()]
    entries = list(index_entries((root / ".git/index").read_bytes()))
    assert [[f"{one.mode:o}", one.digest.hex(), one.path] for one in entries] == [
        [mode, digest, path] for mode, digest, _, path in listed
    ]
    sizes = {one.path: one.size for one in entries}
    assert sizes["setup.py"] == (root / "setup.py").stat().st_size


def test_what_is_said_of_entries(tmp_path: Path) -> None:
    root = repository(tmp_path / "demo")
    git(root, "update-index", "--assume-unchanged", "setup.py")
    git(root, "update-index", "--skip-worktree", "demo/more.py")
    (root / "announced.py").write_text("x")
    git(root, "add", "--intent-to-add", "announced.py")
    entries = list(index_entries((root / ".git/index").read_bytes()))
    assert {one.path for one in entries if one.is_unwatched} == {"setup.py", "demo/more.py"}
    assert {one.path for one in entries if one.is_new} == {"announced.py"}


@pytest.mark.parametrize("content", [b"", b"DIRC", b"NOPE\0\0\0\2\0\0\0\1", b"DIRC\0\0\0\7\0\0\0\0"])
def test_what_is_no_index_is_refused(content: bytes) -> None:
    with pytest.raises(ValueError, match="index"):
        list(index_entries(content))


@given(data=st.data(), version=st.sampled_from((2, 3, 4)))
def test_whatever_is_spoiled_it_is_read_or_refused(
    indexes: dict[int, bytes], data: st.DataObject, version: int
) -> None:
    content = bytearray(indexes[version])
    for _ in range(data.draw(st.integers(min_value=1, max_value=4))):
        place = data.draw(st.integers(min_value=0, max_value=len(content) - 1))
        content[place] = data.draw(st.integers(min_value=0, max_value=255))
    spoiled = bytes(content)[: data.draw(st.integers(min_value=0, max_value=len(content)))]
    try:
        entries = list(index_entries(spoiled))
    except ValueError:
        return
    assert len(entries) <= len(spoiled) // 62
