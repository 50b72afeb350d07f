"""Which editor is started, and how."""

import signal
import sys
from pathlib import Path

import pytest

from samestack.config.age.editor import edit, editor_command
from samestack.errors import OutsideError, RequestError


@pytest.mark.parametrize(
    ("variables", "command"),
    [
        ({}, ("vi",)),
        ({"EDITOR": "nano -w"}, ("nano", "-w")),
        ({"EDITOR": "nano", "VISUAL": "'/opt/my editor/code' --wait"}, ("/opt/my editor/code", "--wait")),
    ],
)
def test_the_editor_is_the_users(variables: dict[str, str], command: tuple[str, ...]) -> None:
    assert editor_command(variables) == command


@pytest.mark.parametrize("program", ["vim", "/usr/bin/nvim"])
def test_vim_leaves_no_copies_in_its_own_directories(program: str) -> None:
    command = editor_command({"EDITOR": program})
    assert command[0] == program
    assert {"-n", "-i", "set noundofile nobackup nowritebackup"} <= set(command)


@pytest.mark.parametrize("said", ["'", " ", "vim 'x"])
def test_what_is_no_command(said: str) -> None:
    with pytest.raises(RequestError, match="is no command"):
        editor_command({"EDITOR": said})


def test_the_editor_is_waited_for_and_gets_the_file(tmp_path: Path) -> None:
    before = signal.getsignal(signal.SIGINT)
    edit([sys.executable, "-c", "import sys; open(sys.argv[1], 'w').write('new')"], tmp_path / "x")
    assert (tmp_path / "x").read_text() == "new"
    assert signal.getsignal(signal.SIGINT) is before


def test_an_editor_that_fails_or_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(OutsideError, match="ended with status 3"):
        edit([sys.executable, "-c", "raise SystemExit(3)"], tmp_path / "x")
    with pytest.raises(OutsideError, match="cannot be started"):
        edit(["no-such-editor"], tmp_path / "x")
