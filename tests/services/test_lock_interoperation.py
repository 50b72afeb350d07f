"""One lock, whoever wrote it and whoever installs it: what is in the environment then is what it says."""

import os
import platform
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from samestack.capture.entry import capture
from samestack.cli.main import main
from samestack.compare.releases import SEEDS, packages_digest
from samestack.lock.platforms import marker_environment
from samestack.lock.reading import read_lock
from samestack.lock.selecting import locked_digest
from samestack.model import Kind, Reference
from samestack.solve.uv.index_settings import index_settings
from samestack.solve.uv.uv_program import uv_program

pytestmark = [pytest.mark.registry, pytest.mark.service]

SERIES = f"{sys.version_info.major}.{sys.version_info.minor}"
PLATFORM = {"x86_64": "linux-64", "aarch64": "linux-aarch64"}[platform.machine()]
REQUIREMENTS = (
    "click",
    "colorama; sys_platform == 'win32'",
    "numpy>=1.26",
    "packaging<26",
    "python-dateutil",
)
MANIFEST = f"""\
[project]
name = "thermometer"
version = "1.0"
requires-python = "=={SERIES}.*"
dependencies = {list(REQUIREMENTS)}

[tool.samestack]
platforms = ["{PLATFORM}"]
python = "{SERIES}"
"""
GROUP = """
[dependency-groups]
test = ["iniconfig"]
"""


@pytest.fixture(scope="module")
def index() -> Mapping[str, str]:
    """The variables of a program that takes packages from where pip does."""
    return os.environ | index_settings(uv_program()).environment


@pytest.fixture
def project(tmp_path: Path) -> Path:
    directory = tmp_path / "thermometer"
    directory.mkdir()
    (directory / "pyproject.toml").write_text(MANIFEST)
    return directory


@pytest.fixture
def environment(project: Path, index: Mapping[str, str]) -> Path:
    """An empty environment, made by uv."""
    place = project / ".venv"
    call(index, uv_program(), "venv", "--quiet", "--python", sys.executable, place)
    return place


@pytest.mark.parametrize("urls", ["--urls", "--no-urls"])
@pytest.mark.parametrize("tool", ["uv", "pip"])
def test_other_tools_install_our_lock(
    project: Path, environment: Path, index: Mapping[str, str], tool: str, urls: str
) -> None:
    with (project / "pyproject.toml").open("a") as manifest:
        manifest.write(GROUP)
    assert main(["lock", str(project), "--group", "test", urls]) == 0
    lock = project / "pylock.toml"
    bring_files(lock)
    if tool == "uv":
        call(index, uv_program(), "pip", "sync", "--quiet", "--python", python_of(environment), lock)
    else:
        call(index, *pip("--python", python_of(environment), "install", "--quiet", "--requirement", lock))
    table = read_lock(lock).table
    assert digest_of(environment) == table.digests[PLATFORM]
    assert run_in(environment, "import click, numpy, packaging, dateutil, iniconfig") == ""


@pytest.mark.parametrize("tool", ["uv", "pip"])
def test_other_tools_install_our_export_with_its_hashes(
    project: Path, environment: Path, index: Mapping[str, str], tool: str
) -> None:
    export = project / "requirements.lock.txt"
    assert main(["lock", str(project), "--export", "requirements", "-o", str(export)]) == 0
    options = ("--quiet", "--require-hashes", "--requirement", export)
    if tool == "uv":
        call(index, uv_program(), "pip", "install", "--python", python_of(environment), *options)
    else:
        call(index, *pip("--python", python_of(environment), "install", *options))
    assert digest_of(environment) == read_lock(project / "pylock.toml").table.digests[PLATFORM]


def by_uv_lock(project: Path, index: Mapping[str, str]) -> Path:
    call(index, uv_program(), "lock", "--quiet", "--directory", project, "--python", sys.executable)
    return project / "uv.lock"


def by_uv_export(project: Path, index: Mapping[str, str]) -> Path:
    uv_lock, lock = by_uv_lock(project, index), project / "pylock.toml"
    options = ("--quiet", "--no-emit-project", "--format", "pylock.toml", "--output-file", lock)
    call(index, uv_program(), "export", "--directory", project, "--python", sys.executable, *options)
    uv_lock.unlink()
    return lock


def by_uv_compile(project: Path, index: Mapping[str, str]) -> Path:
    lock, manifest = project / "pylock.toml", project / "pyproject.toml"
    command = (uv_program(), "pip", "compile", "--quiet", "--python", sys.executable)
    call(index, *command, "--format", "pylock.toml", manifest, "--output-file", lock)
    return lock


def by_uv_compile_with_hashes(project: Path, index: Mapping[str, str]) -> Path:
    lock, manifest = project / "requirements.txt", project / "pyproject.toml"
    command = (uv_program(), "pip", "compile", "--quiet", "--universal", "--python", sys.executable)
    call(index, *command, "--generate-hashes", manifest, "--output-file", lock)
    return lock


def by_pip_lock(project: Path, index: Mapping[str, str]) -> Path:
    lock = project / "pylock.toml"
    call(index, *pip("lock", "--quiet", "--only-binary", ":all:", "--output", lock, *REQUIREMENTS))
    return lock


def by_pdm_export(project: Path, index: Mapping[str, str]) -> Path:
    pdm, lock = Path(sys.executable).with_name("pdm"), project / "pylock.toml"
    variables = {**index, "PDM_PROJECT": str(project), "PDM_USE_VENV": "0", "PDM_CHECK_UPDATE": "0"}
    call(variables, pdm, "use", "--quiet", "--first", sys.executable)
    call(variables, pdm, "lock", "--quiet")
    call(variables, pdm, "export", "--quiet", "--format", "pylock", "--prod", "--output", lock)
    (project / "pdm.lock").unlink()
    return lock


@pytest.mark.parametrize(
    "lock_it",
    [by_uv_lock, by_uv_export, by_uv_compile, by_uv_compile_with_hashes, by_pip_lock, by_pdm_export],
)
def test_we_install_the_locks_of_other_tools(
    project: Path, index: Mapping[str, str], lock_it: Callable[[Path, Mapping[str, str]], Path]
) -> None:
    lock, environment = lock_it(project, index), project / ".venv"
    command = ["sync", str(project), "--lock", str(lock), "--environment", str(environment)]
    assert main(command) == 0
    assert main([*command, "--check"]) == 0
    locked = locked_digest(read_lock(lock), marker_environment(PLATFORM, platform.python_version()))
    assert digest_of(environment) == locked
    assert run_in(environment, "import click, numpy, packaging, dateutil") == ""
    shutil.rmtree(environment / f"lib/python{SERIES}/site-packages/click")
    shutil.rmtree(next((environment / f"lib/python{SERIES}/site-packages").glob("click-*.dist-info")))
    assert main([*command, "--check"]) == 1


def bring_files(lock: Path) -> None:
    """Put beside a lock the files that it names without an address, as a wheelhouse has them."""
    for package in tomllib.loads(lock.read_text())["packages"]:
        if any("path" in wheel for wheel in package["wheels"]):
            release = f"{package['name']}=={package['version']}"
            options = ("--quiet", "--no-deps", "--only-binary", ":all:", "--dest", lock.parent)
            call(os.environ, *pip("download", *options, release))


def digest_of(environment: Path) -> str:
    stack = capture(Reference(Kind.VENV, str(environment))).stack
    return packages_digest(stack, but=SEEDS)


def run_in(environment: Path, code: str) -> str:
    return call(os.environ, python_of(environment), "-c", code)


def python_of(environment: Path) -> Path:
    return environment / "bin/python"


def pip(*arguments: str | Path) -> tuple[str | Path, ...]:
    return (sys.executable, "-m", "pip", *arguments)


def call(variables: Mapping[str, str], *command: str | Path) -> str:
    """What a program wrote; the test fails with its messages where it does not succeed."""
    finished = subprocess.run(command, env=variables, capture_output=True, text=True, check=False)
    assert finished.returncode == 0, finished.stderr
    return finished.stdout
