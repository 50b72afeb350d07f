"""Bytecode is made once, and never outlives the source that it was made from."""

import os
import subprocess
from pathlib import Path

import pytest

from samestack.verify.bytecode import compile_all
from tests.capture.real_environments import interpreter_of_series


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """The site directory of an environment by its shape alone."""
    interpreter = interpreter_of_series("3.9")
    (tmp_path / "bin").mkdir()
    (tmp_path / "bin/python").symlink_to(interpreter)
    (tmp_path / "pyvenv.cfg").write_text(f"home = {interpreter.parent}\n")
    directory = tmp_path / "lib/python3.9/site-packages"
    (directory / "package").mkdir(parents=True)
    return directory


def put(path: Path, code: str) -> None:
    """A file in the place of another one, of a time that says nothing, as packages of conda have it."""
    path.unlink(missing_ok=True)
    path.write_text(code)
    os.utime(path, (0, 0))


def answer(site: Path) -> str:
    words = (site.parents[2] / "bin/python", "-B", "-c", "import package.module as it; print(it.answer)")
    return subprocess.run(words, capture_output=True, text=True, check=True).stdout.strip()


def test_a_source_of_equal_time_and_size_is_compiled_anew(site: Path) -> None:
    module = site / "package/module.py"
    put(module, "answer = 1")
    compile_all(site.parents[2])
    put(module, "answer = 2")
    assert answer(site) == "1"  # what Python does by itself
    compile_all(site.parents[2])
    assert answer(site) == "2"


def test_what_is_unchanged_stays_and_what_lost_its_source_goes(site: Path) -> None:
    for name in ("kept", "lost"):
        put(site / f"package/{name}.py", "answer = 1")
    compile_all(site.parents[2])
    cache = site / "package/__pycache__"
    kept = next(cache.glob("kept.*")).stat().st_mtime_ns
    (site / "package/lost.py").unlink()
    compile_all(site.parents[2])
    assert [path.name.partition(".")[0] for path in cache.iterdir()] == ["kept"]
    assert next(cache.glob("kept.*")).stat().st_mtime_ns == kept


def test_what_cannot_be_compiled_hinders_nothing(site: Path) -> None:
    put(site / "package/template.py", "{{ this is no Python }}")
    put(site / "package/module.py", "answer = 3")
    compile_all(site.parents[2])
    assert answer(site) == "3"
