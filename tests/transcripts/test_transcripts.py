"""Command lines with all that they print, replayed in a copy of the directory that they were written for.

A ``session.txt`` holds lines ``$ samestack ...``, each followed by its output and, unless it is 0, its exit
status in brackets. ``SAMESTACK_UPDATE_GOLDEN=1`` writes what is printed now; read the difference before you
commit it.
"""

import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

SESSIONS = sorted(Path(__file__).parent.glob("*/session.txt"))


def replay(command: str, directory: Path) -> str:
    words = shlex.split(command)
    assert words[0] == "samestack"
    finished = subprocess.run(
        [sys.executable, "-m", *words],
        cwd=directory,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
        env={**os.environ, "COLUMNS": "100", "NO_COLOR": "1"},
    )
    status = f"[{finished.returncode}]\n" if finished.returncode else ""
    return f"$ {command}\n{_timeless(finished.stdout)}{status}"


def _timeless(output: str) -> str:
    """The output without what belongs to the hour and the machine."""
    output = re.sub(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\dZ?", "2026-01-01T00:00:00Z", output)
    return output.replace(os.uname().nodename, "machine")


@pytest.mark.parametrize("session", SESSIONS, ids=lambda path: path.parent.name)
def test_the_session_runs_as_written(session: Path, tmp_path: Path) -> None:
    directory = tmp_path / session.parent.name
    shutil.copytree(session.parent, directory)
    written = session.read_text()
    commands = re.findall(r"^\$ (.*)$", written, re.MULTILINE)
    assert commands
    printed = "\n".join(replay(command, directory) for command in commands)
    if os.environ.get("SAMESTACK_UPDATE_GOLDEN"):
        session.write_text(printed)
    assert printed == written
