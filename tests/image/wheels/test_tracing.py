"""What a program imports, by whose it is."""

import os
import sys
from pathlib import Path

import pytest

from samestack.errors import OutsideError
from samestack.image.wheels.tracing import Traced, traced

PYTHON = Path(sys.executable)


def _project(directory: Path, **modules: str) -> Path:
    for name, text in modules.items():
        (directory / f"{name}.py").write_text(text)
    return directory


def test_modules_of_packages_and_of_the_project(tmp_path: Path) -> None:
    project = _project(
        tmp_path, server="import helper, packaging.version\nprint('noise')\n", helper="", unused=""
    )
    found = traced(["server"], PYTHON, directory=project)
    assert found.project == ("helper.py", "server.py")
    assert "packaging/version.py" in found.packages
    assert not any(path.startswith(("yaml", "json", "/")) for path in found.packages)


def test_nothing_is_imported_by_itself_alone(tmp_path: Path) -> None:
    assert "packaging/version.py" not in traced([], PYTHON, directory=tmp_path).packages


def test_threads_and_what_happens_at_the_end_are_not_waited_for(tmp_path: Path) -> None:
    text = "import threading, time, atexit\nthreading.Thread(target=time.sleep, args=(60,)).start()\n"
    assert traced(["busy"], PYTHON, directory=_project(tmp_path, busy=text)).project == ("busy.py",)


def test_secrets_are_not_handed_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(os.environ, "API_TOKEN", "hunter2")
    text = "import os\nassert 'API_TOKEN' not in os.environ\n"
    assert traced(["curious"], PYTHON, directory=_project(tmp_path, curious=text)) != Traced()


def test_an_import_that_fails_is_told(tmp_path: Path) -> None:
    with pytest.raises(OutsideError, match="No module named 'nowhere'"):
        traced(["broken"], PYTHON, directory=_project(tmp_path, broken="import nowhere\n"))


def test_an_import_that_hangs_is_told_with_its_place(tmp_path: Path) -> None:
    project = _project(tmp_path, hangs="import time\n\ntime.sleep(60)\n")
    with pytest.raises(OutsideError, match=r'hangs\.py", line 3'):
        traced(["hangs"], PYTHON, directory=project, seconds=0.5)


def test_what_answers_otherwise_is_told(tmp_path: Path) -> None:
    with pytest.raises(OutsideError, match="does not answer as a Python does"):
        traced([], Path("/bin/echo"), directory=tmp_path)
