"""Path files add directories; what they say in code is not run."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samestack.capture.probes.python.path_files import MAX_PATHS, directories_of_path_files, path_lines
from samestack.capture.tree import MachineTree
from tests.capture.planted import dist_info, write


def test_a_directory_with_distributions_is_added(tmp_path: Path) -> None:
    dist_info(tmp_path / "shared", "demo", "1.0")
    write(tmp_path / "sources/demo.py")
    write(tmp_path / "site/a.pth", f"# comment\n{tmp_path}/shared\n../shared\n{tmp_path}/sources\n/nowhere\n")
    assert directories_of_path_files(MachineTree(), str(tmp_path / "site")) == (str(tmp_path / "shared"),)


def test_code_is_not_run(tmp_path: Path) -> None:
    trap = tmp_path / "trap"
    write(tmp_path / "site/a.pth", f"import os; open({str(trap)!r}, 'w')\nimport\tos\n")
    assert directories_of_path_files(MachineTree(), str(tmp_path / "site")) == ()
    assert not trap.exists()


@pytest.mark.parametrize("content", [b"", b"\xff\xfe\n", b"\0\n", b"/a\x1b[31m\n", b"import os\n#x\n"])
def test_lines_that_are_no_paths(content: bytes) -> None:
    assert path_lines(content) == ([] if content != b"\xff\xfe\n" else ["\ufffd\ufffd"])


def test_a_file_of_many_lines_is_cut() -> None:
    assert len(path_lines(b"/a\n" * 5000)) == MAX_PATHS


@given(st.binary(max_size=100))
def test_whatever_stands_in_it_there_is_no_exception(content: bytes) -> None:
    assert all(line.isprintable() or line for line in path_lines(content))
