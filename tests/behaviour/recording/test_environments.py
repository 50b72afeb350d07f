"""Every environment that can run a program, and those that cannot yet."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from samestack.behaviour.recording.environments import opened
from samestack.envs.interpreters import find_interpreter
from samestack.envs.managing.registry import registered_environments
from samestack.errors import RequestError
from samestack.model import Kind
from samestack.progress import SILENT
from samestack.solve.uv.uv_program import uv_program
from tests.envs.small_wheels import project, wheel

PYTHON = f"{sys.version_info.major}.{sys.version_info.minor}"


@pytest.fixture(scope="module")
def venv(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("made") / ".venv"
    python = find_interpreter("3.8").path
    subprocess.run([uv_program(), "venv", "-q", "--no-project", "-p", python, place], check=True)
    return place


def prefix_and_release(reference: str) -> tuple[str, str]:
    """What a ``python`` of the environment says of itself."""
    script = "import sys; print(sys.prefix); print('%d.%d' % sys.version_info[:2])"
    with opened(reference, SILENT) as place:
        words = [place.program("python"), "-c", script]
        said = subprocess.run(words, env=place.variables, capture_output=True, text=True, check=True).stdout
        assert place.interpreter == place.program("python")
    prefix, release = said.splitlines()
    return prefix, release


@pytest.mark.parametrize("form", ["venv:{}", "{}", "{}/bin/python", "python:{}/bin/python", "python:{}"])
def test_a_virtual_environment_by_whatever_name(venv: Path, form: str) -> None:
    assert prefix_and_release(form.format(venv)) == (str(venv), "3.8")


def test_a_project_with_an_environment(venv: Path) -> None:
    assert prefix_and_release(str(venv.parent)) == (str(venv), "3.8")


@pytest.mark.parametrize("form", ["python:{}", "{}"])
def test_an_interpreter_is_python_whatever_it_is_called(form: str) -> None:
    path = find_interpreter("3.7").path
    prefix, release = prefix_and_release(form.format(path.with_name("python3.7")))
    assert (prefix, release) == (str(path.parent.parent), "3.7")


def test_the_links_to_an_interpreter_go_with_it() -> None:
    with opened(f"python:{find_interpreter('3.7').path}", SILENT) as place:
        (links,) = place.directories
        assert links.is_dir()
        assert place.reference.kind is Kind.PYTHON
    assert not links.exists()


def test_the_active_one(venv: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VIRTUAL_ENV", str(venv))
    assert prefix_and_release("") == (str(venv), "3.8")


def test_this_machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("VIRTUAL_ENV", "CONDA_PREFIX"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLOUR", "red")
    for reference in ("", "machine:"):
        with opened(reference, SILENT) as place:
            assert place.reference.kind is Kind.MACHINE
            assert place.variables == dict(os.environ)
            assert place.program("sh")
            with pytest.raises(RequestError, match="nosuch: no such program in machine:"):
                place.program("nosuch")


def test_a_conda_environment_with_its_variables(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    prefix = tmp_path / "envs" / "vision"
    (prefix / "conda-meta").mkdir(parents=True)
    (prefix / "etc/conda/env_vars.d").mkdir(parents=True)
    (prefix / "etc/conda/env_vars.d/x.json").write_text('{"COLOUR": "red"}')
    (prefix / "bin").mkdir()
    monkeypatch.setenv("CONDA_ENVS_PATH", str(tmp_path / "envs"))
    for reference in (f"conda:{prefix}", "conda:vision", str(prefix)):
        with opened(reference, SILENT) as place:
            assert place.variables["CONDA_PREFIX"] == str(prefix)
            assert place.variables["COLOUR"] == "red"
            assert place.variables["PATH"].startswith(f"{prefix}/bin:")
            assert place.reference.kind is Kind.CONDA


def test_a_lock_is_made_for_the_time_it_takes(tmp_path: Path) -> None:
    directory = project(tmp_path / "example", [wheel(tmp_path / "wheels", "alpha", "1.0", command="alpha")])
    for reference in (directory / "pylock.toml", directory):
        with opened(str(reference), SILENT) as place:
            said = subprocess.run(
                [place.program("alpha")], env=place.variables, capture_output=True, text=True, check=True
            )
            assert said.returncode == 0
            ((made, word),) = place.directories.items()
            assert place.reference.kind is Kind.VENV
            assert place.reference.locator == str(made)
            assert word == "$ENVIRONMENT"
            assert (
                "3."
                in subprocess.run(
                    [place.interpreter, "-c", "import alpha, sys; print(sys.version)"],
                    env=place.variables,
                    capture_output=True,
                    text=True,
                    check=True,
                ).stdout
            )
        assert not made.exists()
    assert not any("samestack-record" in one.environment for one in registered_environments())
    assert not (directory / ".venv").exists()


@pytest.mark.parametrize(
    ("reference", "message"),
    [
        ("image:python:3.11", "nothing can be run in 'image:'"),
        ("container:x", "nothing can be run in 'container:'"),
        ("ssh://me@host", "issue 8"),
        ("rootfs:/", "nothing can be run in 'rootfs:'"),
        ("venv:/nowhere", "is not a virtual environment"),
        ("python:/nowhere/python", "is no interpreter that can be run"),
        ("nowhere", "no such file or directory"),
        ("nosuchkind:x", "there is no kind of environment"),
        ("conda:/nowhere", "no conda environment"),
    ],
)
def test_what_cannot_run(reference: str, message: str) -> None:
    with pytest.raises(RequestError, match=message), opened(reference, SILENT):
        pass


def test_a_project_without_environment_and_lock(tmp_path: Path) -> None:
    (tmp_path / "requirements.txt").write_text("numpy\n")
    with pytest.raises(RequestError, match="has neither an environment nor a lock") as caught:
        opened(str(tmp_path), SILENT).__enter__()
    assert caught.value.hint == f"samestack lock {tmp_path}"


def test_wishes_are_no_lock(tmp_path: Path) -> None:
    (tmp_path / "requirements.txt").write_text("numpy\n")
    with pytest.raises(RequestError, match="it is no lock"):
        opened(str(tmp_path / "requirements.txt"), SILENT).__enter__()
