"""Compiled modules: the same whatever else is compiled, and really used by the interpreter."""

import importlib.util
import subprocess
import sys
from pathlib import Path

import pytest

from samestack.errors import OutsideError, RequestError
from samestack.image.layers.contents import BytesContent
from samestack.image.wheels.bytecode import compiled

PYTHON = Path(sys.executable)
SERIES = "{}.{}".format(*sys.version_info[:2])
TAG = sys.implementation.cache_tag
# What a process has compiled before can show in names that it has seen (cpython#129724).
_TEXT = "shared_name = 'other_{0}'\nshared_name in {{'a', 'b', 'shared_name', {0}}}\n"
SOURCES = {f"site/m{number}.py": _TEXT.format(number) for number in range(8)}


def _compiled(sources: dict[str, str]) -> dict[str, bytes]:
    contents = {path: BytesContent(text.encode()) for path, text in sources.items()}
    found = {}
    for entry in compiled(contents, PYTHON, SERIES):
        assert isinstance(entry.content, BytesContent)
        found[entry.path] = entry.content.data
    return found


def test_what_else_is_compiled_does_not_matter() -> None:
    together = _compiled(SOURCES)
    assert len(together) == len(SOURCES)
    for path, text in SOURCES.items():
        assert _compiled({path: text}).items() <= together.items()


def test_it_stands_where_python_looks_for_it() -> None:
    assert list(_compiled({"site/a.py": ""})) == [f"site/__pycache__/a.{TAG}.pyc"]


def test_python_uses_it_and_does_not_look_at_the_source(tmp_path: Path) -> None:
    source = tmp_path / "mod.py"
    source.write_text("raise SystemExit('this is read')\n")
    ((_, data),) = _compiled(
        {str(source)[1:]: "def where(): pass\nprint(where.__code__.co_filename)\n"}
    ).items()
    cached = Path(importlib.util.cache_from_source(str(source)))
    cached.parent.mkdir()
    cached.write_bytes(data)
    done = subprocess.run(
        [PYTHON, "-c", "import mod"], cwd=tmp_path, check=True, capture_output=True, text=True
    )
    assert done.stdout == f"{source}\n"


def test_what_is_no_python_is_left_out() -> None:
    assert list(_compiled({"a.py": "print 'two'", "b.py": "", "c.py": "x = '\0'"})) == [
        f"__pycache__/b.{TAG}.pyc"
    ]


def test_another_python_than_the_images_is_refused() -> None:
    with pytest.raises(RequestError, match=rf"is Python {SERIES}, and the image has 3\.4"):
        compiled({}, PYTHON, "3.4")


def test_what_is_no_python_interpreter_is_told() -> None:
    with pytest.raises(OutsideError):
        compiled({}, Path("/bin/true"), SERIES)
