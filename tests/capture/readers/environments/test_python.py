"""``python:PATH``: interpreters by executable, prefix and name."""

import json
import os
import platform
import sys
from pathlib import Path

import pytest

from samestack.capture.observation import Observation
from samestack.capture.options import Options
from samestack.capture.probes.python.installation import installation_of
from samestack.capture.readers.environments.python import read
from samestack.capture.tree import MachineTree
from samestack.errors import InputError
from samestack.model import Component, Layer
from tests.capture.planted import dist_info, interpreter, venv, write
from tests.capture.real_environments import run

SEARCH_PATH = """
import json, sys
print(json.dumps([path for path in sys.path if path.endswith(("site-packages", "dist-packages"))]))
"""


SYSTEM = Path("/usr/bin/python3")
REAL = [Path(sys.executable).resolve(), *([SYSTEM] if SYSTEM.is_file() else [])]


@pytest.fixture(autouse=True)
def _no_packages_of_the_user(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONNOUSERSITE", "1")


def labels(observation: Observation, layer: Layer = Layer.PACKAGES) -> list[str]:
    return sorted(one.label for one in observation.components if one.layer is layer)


def python(observation: Observation) -> Component:
    (component,) = (one for one in observation.components if one.layer is Layer.PYTHON)
    return component


def test_an_executable_and_its_prefix(tmp_path: Path) -> None:
    executable = interpreter(tmp_path, version="3.11.4")
    dist_info(tmp_path / "lib/python3.11/site-packages", "demo", "1.0")
    for locator in (executable, tmp_path):
        observation = read(str(locator), Options())
        assert labels(observation) == ["demo 1.0"]
        assert labels(observation, Layer.PYTHON) == ["python 3.11.4"]
        assert labels(observation, Layer.OS)


def test_the_interpreter_of_an_environment_is_that_environment(tmp_path: Path) -> None:
    executable = interpreter(tmp_path / "python")
    dist_info(venv(tmp_path / "venv", executable), "demo", "1.0")
    for locator in (tmp_path / "venv/bin/python", tmp_path / "venv"):
        observation = read(str(locator), Options())
        assert labels(observation) == ["demo 1.0"]
        assert python(observation).circumstances["base_prefix"] == str(tmp_path / "python")


def test_a_link_to_an_environments_interpreter_is_the_base(tmp_path: Path) -> None:
    executable = interpreter(tmp_path / "python")
    dist_info(venv(tmp_path / "venv", executable), "demo", "1.0")
    (tmp_path / "bin").mkdir()
    (tmp_path / "bin/python").symlink_to(tmp_path / "venv/bin/python")
    assert labels(read(str(tmp_path / "bin/python"), Options())) == []


def test_a_name_is_looked_up_on_path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    interpreter(tmp_path, "python3.11")
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    assert python(read("python3.11", Options())).circumstances["prefix"] == str(tmp_path)
    with pytest.raises(InputError, match="no such program on PATH") as refused:
        read("python3.12", Options())
    assert refused.value.hint


def test_packages_of_the_user(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    executable = interpreter(tmp_path / "python")
    dist_info(tmp_path / "python/lib/python3.11/site-packages", "demo", "1.0")
    dist_info(tmp_path / "user/lib/python3.11/site-packages", "demo", "2.0")
    monkeypatch.setenv("PYTHONUSERBASE", str(tmp_path / "user"))
    assert labels(read(str(executable), Options())) == ["demo 1.0"]
    monkeypatch.delenv("PYTHONNOUSERSITE")
    observation = read(str(executable), Options())
    assert labels(observation) == ["demo 2.0"]
    assert "shadowed" in [remark.code for remark in observation.remarks]
    venv(tmp_path / "venv", executable)
    assert labels(read(str(tmp_path / "venv/bin/python"), Options())) == []


@pytest.mark.parametrize("series", ["3.10", "3.7"])
def test_a_prefix_with_several_pythons_asks_which(tmp_path: Path, series: str) -> None:
    interpreter(tmp_path, "python3.11")
    interpreter(tmp_path, f"python{series}")
    with pytest.raises(InputError, match="2 Pythons are installed here") as refused:
        read(str(tmp_path), Options())
    assert f"python:{tmp_path}/bin/python{series}" in str(refused.value.hint)


def test_a_script_is_no_interpreter(tmp_path: Path) -> None:
    write(tmp_path / "bin/python3", "#!/bin/sh\nexec /usr/bin/python3\n")
    with pytest.raises(InputError, match="not a Python interpreter") as refused:
        read(str(tmp_path / "bin/python3"), Options())
    assert "script" in str(refused.value.hint)


@pytest.mark.parametrize("locator", ["nothing/there", "."])
def test_where_there_is_none(tmp_path: Path, locator: str) -> None:
    with pytest.raises(InputError) as refused:
        read(str(tmp_path / locator), Options())
    assert refused.value.hint


@pytest.mark.parametrize("executable", REAL, ids=str)
def test_real_interpreters_search_where_they_say_themselves(executable: Path) -> None:
    stated = json.loads(run(executable, "-I", "-c", SEARCH_PATH))
    found = installation_of(MachineTree(), str(executable))
    assert found is not None
    assert found.site_directories == tuple(
        str(Path(path).resolve()) for path in stated if Path(path).is_dir()
    )
    version = run(executable, "-I", "-c", "import platform; print(platform.python_version())").strip()
    assert labels(read(str(executable), Options()), Layer.PYTHON) == [f"python {version}"]


def test_a_real_interpreter_is_looked_up_on_path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "python3").symlink_to(os.path.realpath(sys.executable))
    monkeypatch.setenv("PATH", str(tmp_path), prepend=os.pathsep)
    assert python(read("python3", Options())).version == platform.python_version()
