"""Variables reach a program by a file that has no name, and that what it becomes can still read."""

import sys
from pathlib import Path

import pytest

from samestack.errors import RequestError
from samestack.image.running.variables import LONGEST, variables_file, variables_text
from samestack.process import run

BECOME = """
import os, sys
from samestack.image.running.variables import variables_file
path = variables_file({"A": "1", "B": "two words # no comment", "C": ""})
os.execv("/bin/cat", ["cat", path])
"""


def test_one_a_line() -> None:
    assert variables_text({"A": "1", "B": "x = y"}) == "A=1\nB=x = y\n"


def test_what_the_process_becomes_can_read_them() -> None:
    assert run([sys.executable, "-c", BECOME]).output == "A=1\nB=two words # no comment\nC=\n"


def test_no_file_is_left(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    assert Path(variables_file({"A": "1"})).read_text() == "A=1\n"
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("value", ["a\nB=2", "a\rb", "a\0b", "x" * LONGEST])
def test_what_no_line_can_hold(value: str) -> None:
    with pytest.raises(RequestError) as caught:
        variables_text({"KEY": value})
    assert caught.value.hint == "give it as a file: --secret KEY=FILE"
    assert value[:3] not in caught.value.message.removeprefix("KEY")
