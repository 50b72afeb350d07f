"""``venv:PATH``: real environments by several tools and Pythons, whole and broken; and what is none."""

import json
import os
import shutil
import sys
from pathlib import Path

import pytest

from samestack.capture.observation import Observation
from samestack.capture.options import Options
from samestack.capture.readers.environments.venv import read
from samestack.errors import InputError
from samestack.model import Component, Layer, normalized_python_name
from tests.capture.planted import dist_info, interpreter, venv, write
from tests.capture.real_environments import TOOLS, UV, copy_of, environment, new_directory, run

THIS_SERIES = f"{sys.version_info.major}.{sys.version_info.minor}"
SERIES = sorted({"3.7", THIS_SERIES, "3.13"})
SMALL = ("six==1.16.0", "idna==3.7", "packaging==24.0")
# Scripts, an entry point, headers and data: what an installer writes differently at each place.
BACKEND = ("hatchling", "editables", "packaging", "pathspec", "pluggy", "trove-classifiers")
FURNISHED = (*SMALL, "docutils==0.17.1", "greenlet", "jupyterlab_pygments==0.3.0", "pygments==2.17.2")

IDENTITY = """
import json, platform, sys, sysconfig
print(json.dumps([platform.python_version(), platform.python_compiler(), sysconfig.get_config_var("SOABI")]))
"""


def packages(observation: Observation) -> dict[str, Component]:
    return {one.name: one for one in observation.components if one.layer is Layer.PACKAGES}


def codes(observation: Observation) -> list[str]:
    layers = (Layer.PACKAGES, Layer.PYTHON)
    return sorted(remark.code for remark in observation.remarks if remark.layer in layers)


def python(observation: Observation) -> Component:
    (component,) = (one for one in observation.components if one.layer is Layer.PYTHON)
    return component


@pytest.mark.registry
@pytest.mark.parametrize("series", SERIES)
@pytest.mark.parametrize("tool", TOOLS)
def test_it_finds_what_the_installer_finds(tool: str, series: str) -> None:
    prefix = environment(tool, series, *SMALL)
    observation = read(str(prefix), Options())
    executable = prefix / "bin/python"
    lister = (
        (UV, "pip", "list", "--python", executable) if tool == "uv" else (executable, "-m", "pip", "list")
    )
    listed = json.loads(run(*lister, "--format=json"))
    found = packages(observation)
    assert {name: one.version for name, one in found.items()} == {
        normalized_python_name(one["name"]): one["version"] for one in listed
    }
    assert not codes(observation)
    assert found["six"].facts["tags"] == ("py2-none-any", "py3-none-any")
    assert found["six"].circumstances == {"installer": tool, "requested": True}


@pytest.mark.registry
@pytest.mark.parametrize("series", SERIES)
@pytest.mark.parametrize("tool", TOOLS)
def test_the_interpreter_is_what_it_says_itself(tool: str, series: str) -> None:
    prefix = environment(tool, series, *SMALL)
    version, compiler, soabi = json.loads(run(prefix / "bin/python", "-c", IDENTITY))
    component = python(read(str(prefix), Options()))
    assert (component.version, component.build) == (version, f"{soabi}, {compiler}")


@pytest.mark.registry
def test_one_wheel_is_one_content_whoever_installed_it() -> None:
    by_pip, by_uv = (
        packages(read(str(environment(tool, THIS_SERIES, *FURNISHED)), Options())) for tool in TOOLS
    )
    assert len(by_uv) == len(FURNISHED)
    for name, component in by_uv.items():
        assert component.content is not None
        assert (name, component.content) == (name, by_pip[name].content)


@pytest.mark.registry
def test_another_release_is_another_content() -> None:
    one = packages(read(str(environment("uv", THIS_SERIES, "six==1.16.0")), Options()))["six"]
    other = packages(read(str(environment("uv", THIS_SERIES, "six==1.15.0")), Options()))["six"]
    assert one.content != other.content


@pytest.mark.registry
def test_a_copied_environment_has_the_same_contents() -> None:
    prefix = environment("uv", THIS_SERIES, *SMALL)
    copied = copy_of(prefix)
    assert packages(read(str(copied), Options())) == packages(read(str(prefix), Options()))


@pytest.mark.registry
@pytest.mark.parametrize("series", ["3.7", "3.13"])
@pytest.mark.parametrize("tool", TOOLS)
def test_a_broken_environment_is_read_as_far_as_it_is_there(tool: str, series: str) -> None:
    prefix = copy_of(environment(tool, series, *SMALL))
    (site,) = prefix.glob("lib/python*/site-packages")
    (site / "packaging-24.0.dist-info/METADATA").unlink()
    dist_info(site, "idna", "2.10")
    shutil.copytree(site / "six-1.16.0.dist-info", site / "~ix-1.16.0.dist-info")
    home = new_directory() / "removed/bin"
    for link in prefix.glob("bin/python*"):
        link.unlink()
    (prefix / "bin/python").symlink_to(home / "python3")
    write(
        prefix / "pyvenv.cfg", f"home = {home}\nversion = {series}.1\ninclude-system-site-packages = false\n"
    )
    observation = read(str(prefix), Options())
    assert codes(observation) == [
        "duplicate-distribution",
        "interpreter-gone",
        "leftover",
        "missing-metadata",
    ]
    labels = [one.label for one in observation.components if one.layer is Layer.PACKAGES]
    assert {"idna 2.10", "idna 3.7", "packaging 24.0", "six 1.16.0"} <= set(labels)
    (gone,) = (one for one in observation.remarks if one.code == "interpreter-gone")
    assert str(home) in gone.message
    assert python(observation).version == f"{series}.1"


@pytest.mark.registry
@pytest.mark.parametrize("tool", TOOLS)
def test_an_editable_project_is_a_circumstance(tool: str) -> None:
    project = new_directory()
    build = '[build-system]\nrequires = []\nbuild-backend = "hatchling.build"\n'
    write(project / "pyproject.toml", f'{build}[project]\nname = "Demo.Project"\nversion = "1.2"\n')
    write(project / "demo_project/__init__.py")
    prefix = copy_of(environment("pip", THIS_SERIES, *BACKEND))
    executable = prefix / "bin/python"
    installer = (
        (UV, "pip", "install", "--python", executable)
        if tool == "uv"
        else (executable, "-m", "pip", "install")
    )
    run(*installer, "--quiet", "--no-deps", "--no-build-isolation", "--editable", project)
    found = packages(read(str(prefix), Options()))["demo-project"]
    assert found.version == "1.2"
    assert (found.content, found.source) == (None, None)
    assert found.circumstances["editable"] == str(project)


@pytest.mark.registry
def test_packages_of_the_base_are_hidden_by_the_environments_own() -> None:
    base, prefix = new_directory(), new_directory() / "environment"
    executable = interpreter(base, version="3.11.7")
    (installed,) = environment("uv", THIS_SERIES, *SMALL).glob("lib/python*/site-packages")
    shutil.copytree(installed, base / "lib/python3.11/site-packages", dirs_exist_ok=True)
    site = venv(prefix, executable, include_system_site_packages="true")
    dist_info(site, "six", "1.15.0")
    observation = read(str(prefix), Options())
    versions = {name: one.version for name, one in packages(observation).items()}
    assert (versions["six"], versions["idna"]) == ("1.15.0", "3.7")
    (remark,) = (one for one in observation.remarks if one.code == "shadowed" and one.subject == "six")
    assert "1.16.0" in remark.message


def test_the_machine_around_it_is_told_as_well(tmp_path: Path) -> None:
    venv(tmp_path / "venv", interpreter(tmp_path / "python"))
    layers = {one.layer for one in read(str(tmp_path / "venv"), Options()).components}
    assert {Layer.OS, Layer.KERNEL, Layer.HARDWARE, Layer.PYTHON} <= layers


def test_a_relative_path_and_one_from_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    venv(tmp_path / "venv", interpreter(tmp_path / "python"))
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HOME", str(tmp_path))
    for locator in ("venv", "./venv/", "~/venv"):
        assert python(read(locator, Options())).circumstances["prefix"] == str(tmp_path / "venv")


@pytest.mark.parametrize(
    ("files", "locator", "hint"),
    [
        ([], "nothing", "nothing is there; make one with: python3 -m venv"),
        (["x"], "x", "of an interpreter write python:"),
        (["conda-meta/history"], ".", "it is a conda environment: write conda:"),
        ([".venv/pyvenv.cfg"], ".", "it holds one: write venv:"),
        (["bin/python3"], ".", "it is an interpreter's own prefix: write python:"),
        (["setup.py"], ".", "there is no pyvenv.cfg in it"),
    ],
)
def test_what_is_none_is_refused_with_a_remedy(
    tmp_path: Path, files: list[str], locator: str, hint: str
) -> None:
    for file in files:
        write(tmp_path / file)
    with pytest.raises(InputError, match="not a virtual environment") as refused:
        read(os.path.normpath(tmp_path / locator), Options())
    assert refused.value.hint is not None
    assert hint in refused.value.hint
    assert str(tmp_path) in refused.value.message
