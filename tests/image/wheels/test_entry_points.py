"""Commands as ``entry_points.txt`` declares them, and the scripts that they become."""

import subprocess
import sys
from pathlib import Path

import pytest

from samestack.errors import InputError
from samestack.image.wheels.entry_points import EntryPoint, entry_points
from samestack.image.wheels.scripts import has_placeholder, launcher, with_interpreter

LAUNCHER = b"""\
#!/opt/venv/bin/python
# -*- coding: utf-8 -*-
import sys
from demo.cli import App
if __name__ == "__main__":
    if sys.argv[0].endswith("-script.pyw"):
        sys.argv[0] = sys.argv[0][:-11]
    elif sys.argv[0].endswith(".exe"):
        sys.argv[0] = sys.argv[0][:-4]
    sys.exit(App.run())
"""


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", []),
        ("[console_scripts]\n", []),
        ("[other.plugins]\nx = nonsense\n", []),
        ("[console_scripts]\nrun=demo:main\n", [("run", "demo", "main")]),
        ("[console_scripts]\nRun = demo.cli : App.run [ a , b ] \n", [("Run", "demo.cli", "App.run")]),
        ("[gui_scripts]\nrun = demo:main ; said\n# more\n", [("run", "demo", "main")]),
        ("[console_scripts]\nb = demo:b\na = demo:a\n", [("a", "demo", "a"), ("b", "demo", "b")]),
        ("﻿[console_scripts]\nrun = demo:main\n", [("run", "demo", "main")]),
        ("[console_scripts]\nrun = a:b\nrun = c:d\n", [("run", "c", "d")]),
        ("[console_scripts]\nrun = %(x)s:main\n", None),
        ("[console_scripts]\nrun: demo:main\n", None),
        ("[console_scripts\n", None),
        ("run = demo:main\n", None),
    ],
)
def test_what_is_declared(text: str, expected: list[tuple[str, str, str]] | None) -> None:
    if expected is None:
        with pytest.raises(InputError, match=r"a\.whl: entry_points\.txt"):
            _read(text)
    else:
        assert _read(text) == tuple(EntryPoint(*one) for one in expected)


def test_text_in_no_encoding() -> None:
    with pytest.raises(InputError, match="it is malformed"):
        entry_points(b"\xff", series="3.11", shown="a.whl", place="entry_points.txt")


def test_pip_is_called_by_the_python_that_it_is_for() -> None:
    text = "[console_scripts]\npip = pip:main\npip3 = pip:main\npip3.9 = pip:main\nmemray3.9 = m:main\n"
    assert [point.name for point in _read(text)] == ["memray3.9", "pip", "pip3", "pip3.11"]


def test_the_script_of_an_entry_point() -> None:
    assert launcher(EntryPoint("run", "demo.cli", "App.run"), "/opt/venv/bin/python") == LAUNCHER


@pytest.mark.parametrize(
    ("interpreter", "line"),
    [
        ("/opt/venv/bin/python", "#!/opt/venv/bin/python"),
        ("/my env/bin/python", "#!/bin/sh\n'''exec' '/my env/bin/python' \"$0\" \"$@\"\n' '''"),
        ("/" + "p" * 123, "#!/" + "p" * 123),
        ("/" + "p" * 124, "#!/bin/sh\n'''exec' '/" + "p" * 124 + "' \"$0\" \"$@\"\n' '''"),
    ],
)
def test_the_first_line(interpreter: str, line: str) -> None:
    assert with_interpreter(b"#!python\nx", interpreter) == line.encode() + b"\nx"


def test_the_shell_finds_a_python_that_the_kernel_cannot(tmp_path: Path) -> None:
    python = tmp_path / "it's a python"
    python.symlink_to(sys.executable)
    script = tmp_path / "script"
    script.write_bytes(with_interpreter(b"#!python\nimport sys\nprint(sys.argv[1:])\n", str(python)))
    script.chmod(0o755)
    done = subprocess.run([script, "a b", "c"], check=True, capture_output=True, text=True)
    assert done.stdout == "['a b', 'c']\n"


@pytest.mark.parametrize(
    ("script", "expected"),
    [
        (b"#!python -u\nx\n", b"#!/p\nx\n"),
        (b"#!python\r\nx\r\n", b"#!/p\nx\r\n"),
        (b"#!pythonw3\rx", b"#!/p\nx"),
        (b"#!python", b"#!/p\n"),
        (b"#!python\n\n\xff", b"#!/p\n\n\xff"),
    ],
)
def test_the_whole_first_line_is_replaced(script: bytes, expected: bytes) -> None:
    assert with_interpreter(script, "/p") == expected


@pytest.mark.parametrize(
    ("beginning", "expected"), [(b"#!python", True), (b"#!pythonw\n", True), (b"#!/b", False)]
)
def test_which_scripts_want_a_python(beginning: bytes, *, expected: bool) -> None:
    assert has_placeholder(beginning) is expected


def _read(text: str) -> tuple[EntryPoint, ...]:
    return entry_points(text.encode(), series="3.11", shown="a.whl", place="entry_points.txt")
