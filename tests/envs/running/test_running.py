"""The variables of a command in an environment, held against what activating it in a shell gives."""

import json
import os
import sys
from pathlib import Path

import pytest

from samestack.envs.running.running import activation
from samestack.errors import InputError
from samestack.process import run

BEFORE = {
    "PATH": "/usr/bin",
    "HOME": "/h",
    "PYTHONHOME": "/wrong",
    "VIRTUAL_ENV_PROMPT": "old",
    "CONDA_SHLVL": "2",
}
BEFORE |= {"CONDA_PREFIX": "/old", "VIRTUAL_ENV": "/old", "PYTHONPATH": "/mine"}


@pytest.fixture
def prefix(tmp_path: Path) -> Path:
    prefix = tmp_path / "science"
    (prefix / "conda-meta").mkdir(parents=True)
    return prefix


def test_a_virtual_environment_comes_first(tmp_path: Path) -> None:
    activated = activation(tmp_path, BEFORE)
    assert activated.variables == {
        "PATH": f"{tmp_path}/bin:/usr/bin",
        "HOME": "/h",
        "PYTHONPATH": "/mine",
        "VIRTUAL_ENV": str(tmp_path),
    }
    assert activated.notes == ()


def test_it_is_what_a_shell_makes_of_it(tmp_path: Path) -> None:
    run([sys.executable, "-m", "venv", "--without-pip", tmp_path / "v"])
    shown = "import json, os; print(json.dumps(dict(os.environ)))"
    script = f". {tmp_path}/v/bin/activate && exec python -c '{shown}'"
    told = json.loads(run(["env", "-i", "PATH=/usr/bin:/bin", "sh", "-c", script]).output)
    own = activation(tmp_path / "v", {"PATH": "/usr/bin:/bin"}).variables
    for name in ("PATH", "VIRTUAL_ENV"):
        assert own[name] == told[name]


def test_without_a_path_the_system_is_still_found(tmp_path: Path) -> None:
    assert activation(tmp_path, {}).variables["PATH"] == f"{tmp_path}/bin:{os.defpath}"


def test_a_conda_environment_has_variables_of_its_own(prefix: Path) -> None:
    packages = prefix / "etc/conda/env_vars.d"
    packages.mkdir(parents=True)
    (packages / "a.json").write_text('{"GDAL_DATA": "/a", "PROJ": "/p"}')
    (packages / "b.json").write_text('{"GDAL_DATA": "/b"}')
    state = {"env_vars": {"PROJ": "mine", "HOME": "***unset***"}, "other": 1}
    (prefix / "conda-meta/state").write_text(json.dumps(state))
    activated = activation(prefix, BEFORE)
    assert activated.variables == {
        "PATH": f"{prefix}/bin:/usr/bin",
        "PYTHONPATH": "/mine",
        "CONDA_PREFIX": str(prefix),
        "CONDA_DEFAULT_ENV": "science",
        "CONDA_SHLVL": "1",
        "GDAL_DATA": "/b",
        "PROJ": "mine",
    }
    assert activated.notes == ()


def test_scripts_of_a_shell_are_named_and_not_run(prefix: Path) -> None:
    scripts = prefix / "etc/conda/activate.d"
    scripts.mkdir(parents=True)
    for name in ("proj.sh", "gdal.sh", "gdal.fish"):
        (scripts / name).write_text(f"touch {prefix}/was-run\n")
    (note,) = activation(prefix, BEFORE).notes
    assert "gdal.sh, proj.sh" in note
    assert not (prefix / "was-run").exists()


@pytest.mark.parametrize("text", ["{", "[]", '{"env_vars": {"A": 1}}', '{"env_vars": ["A"]}'])
def test_a_malformed_file_of_variables_is_named(prefix: Path, text: str) -> None:
    (prefix / "conda-meta/state").write_text(text)
    with pytest.raises(InputError, match="conda-meta/state"):
        activation(prefix, BEFORE)
