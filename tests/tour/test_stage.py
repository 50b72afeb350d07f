"""Commands are shown as one can type them."""

import io
import shlex
from pathlib import Path

import pytest
from rich.console import Console

from samestack.progress import SILENT
from samestack.tour.stage import Stage


def shown(*command: str | Path) -> str:
    page = io.StringIO()
    console = Console(file=page, width=40)
    Stage(directory=Path.cwd(), example=Path.cwd(), console=console, reporter=SILENT).show(command)
    return page.getvalue()


def test_paths_are_as_seen_from_here_and_lines_are_not_folded(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    line = shown("samestack", "record", "--inputs", tmp_path / "tour/parts", "-o", tmp_path / "a b.recording")
    assert line == "  $ samestack record --inputs tour/parts -o 'a b.recording'\n"
    assert shlex.split(line)[-1] == "a b.recording"


def test_a_pattern_is_left_to_the_shell(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert shown("cp", tmp_path / "my pictures/*.jpg", tmp_path) == "  $ cp 'my pictures'/*.jpg .\n"
    assert shown("echo", "*") == "  $ echo '*'\n"
