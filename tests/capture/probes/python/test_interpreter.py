"""An interpreter as a component, and what can be wrong with an environment's."""

import platform
import sys
import sysconfig
from pathlib import Path

from samestack.capture.observation import Observation
from samestack.capture.probes.python.installation import installation_of, venv_at
from samestack.capture.probes.python.interpreter import read_interpreter
from samestack.capture.tree import MachineTree
from samestack.model import Component, Layer
from tests.capture.planted import interpreter, venv, write

TREE = MachineTree()


def of_venv(prefix: Path) -> Observation:
    return read_interpreter(TREE, venv_at(TREE, str(prefix)), at="x")


def of_executable(path: Path) -> Component:
    installation = installation_of(TREE, str(path))
    assert installation is not None
    observation = read_interpreter(TREE, installation)
    assert not observation.remarks
    (component,) = observation.components
    return component


def codes(observation: Observation) -> list[str]:
    return [remark.code for remark in observation.remarks]


def test_this_interpreter() -> None:
    observation = read_interpreter(TREE, venv_at(TREE, sys.prefix))
    (component,) = observation.components
    assert (component.layer, component.name, component.version) == (
        Layer.PYTHON,
        "python",
        platform.python_version(),
    )
    soabi = sysconfig.get_config_var("SOABI")
    assert component.build == f"{soabi}, {platform.python_compiler()}"
    assert component.facts["abi"] == soabi
    assert component.facts["implementation"] == sys.implementation.name
    assert component.circumstances["prefix"] == sys.prefix
    assert component.circumstances["base_prefix"] == sys.base_prefix


def test_an_environment_and_its_base_are_one_python() -> None:
    (environment,) = read_interpreter(TREE, venv_at(TREE, sys.prefix)).components
    base = of_executable(Path(sys.executable).resolve())
    assert (base.version, base.build, base.facts) == (
        environment.version,
        environment.build,
        environment.facts,
    )


def test_the_headers_tell_the_version_that_the_binary_does_not(tmp_path: Path) -> None:
    component = of_executable(interpreter(tmp_path, version="3.11.4"))
    assert component.version == "3.11.4"
    assert component.build == "cpython-311-x86_64-linux-gnu"
    assert component.facts == {
        "implementation": "cpython",
        "abi": "cpython-311-x86_64-linux-gnu",
        "platform": "x86_64-linux-gnu",
        "pointer_bits": 64,
    }


def test_without_any_of_them_the_series_is_known(tmp_path: Path) -> None:
    assert of_executable(interpreter(tmp_path)).version == "3.11"


def test_a_free_threaded_one_says_so(tmp_path: Path) -> None:
    assert of_executable(interpreter(tmp_path, "python3.13t")).facts["free_threaded"] is True


def test_pypy_has_a_version_of_its_own(tmp_path: Path) -> None:
    executable = interpreter(tmp_path, "pypy3.10")
    header = '#define PY_VERSION "3.10.14"\n#define PYPY_VERSION "7.3.17"\n'
    write(tmp_path / "include/pypy3.10/patchlevel.h", header)
    component = of_executable(executable)
    assert component.version == "3.10.14"
    assert component.facts["implementation"] == "pypy"
    assert component.facts["implementation_version"] == "7.3.17"


def test_an_environment_says_who_made_it(tmp_path: Path) -> None:
    venv(tmp_path / "venv", interpreter(tmp_path / "python", version="3.11.7"), uv="0.9.2")
    observation = of_venv(tmp_path / "venv")
    assert not observation.remarks
    (component,) = observation.components
    assert component.at == "x"
    assert component.circumstances == {
        "executable": str(tmp_path / "venv/bin/python"),
        "prefix": str(tmp_path / "venv"),
        "base_prefix": str(tmp_path / "python"),
        "created_by": "uv 0.9.2",
    }


def test_an_interpreter_that_is_gone_is_remembered(tmp_path: Path) -> None:
    executable = interpreter(tmp_path / "python")
    venv(tmp_path / "venv", executable)
    executable.unlink()
    observation = of_venv(tmp_path / "venv")
    assert codes(observation) == ["interpreter-gone"]
    assert str(tmp_path / "python/bin") in observation.remarks[0].message
    (component,) = observation.components
    assert (component.version, component.build) == ("3.11.7", None)


def test_an_interpreter_that_was_exchanged(tmp_path: Path) -> None:
    venv(tmp_path / "venv", interpreter(tmp_path / "python", version="3.11.9"))
    observation = of_venv(tmp_path / "venv")
    assert codes(observation) == ["interpreter-changed"]
    assert "3.11.7" in observation.remarks[0].message
    assert [one.version for one in observation.components] == ["3.11.9"]


def test_a_series_only_is_no_change(tmp_path: Path) -> None:
    venv(tmp_path / "venv", interpreter(tmp_path / "python", version="3.11.9"), version="3.11")
    assert not codes(of_venv(tmp_path / "venv"))


def test_packages_that_the_interpreter_does_not_see(tmp_path: Path) -> None:
    venv(
        tmp_path / "venv", interpreter(tmp_path / "python", "python3.12", version="3.12.1"), version="3.11.2"
    )
    observation = of_venv(tmp_path / "venv")
    assert codes(observation) == ["interpreter-changed", "packages-unseen"]
    assert [one.version for one in observation.components] == ["3.12.1"]


def test_a_configuration_that_is_too_large_or_empty(tmp_path: Path) -> None:
    executable = interpreter(tmp_path / "python", version="3.11.7")
    venv(tmp_path / "venv", executable)
    with (tmp_path / "venv/pyvenv.cfg").open("wb") as file:
        file.truncate(2**30)
    observation = of_venv(tmp_path / "venv")
    assert codes(observation) == ["malformed-pyvenv-cfg"]
    assert [one.version for one in observation.components] == ["3.11.7"]
    write(tmp_path / "venv/pyvenv.cfg")
    assert codes(of_venv(tmp_path / "venv")) == ["malformed-pyvenv-cfg"]
