"""Files that real tools write: each is made once a session, in a directory that goes away with it."""

import sys
import tomllib
from pathlib import Path

import pytest

from samestack.process import Finished, run

PIPENV = "pipenv==2026.10.3"
TOOLS = Path(sys.executable).parent

UV_PROJECT = """
[project]
name = "whole"
version = "0.1"
requires-python = ">=3.9"
dependencies = [
  "requests[socks]==2.31.0",
  "attrs==22.1.0; python_version < '3.11'",
  "attrs==23.1.0; python_version >= '3.11'",
  "part",
]

[project.optional-dependencies]
old = ["idna==3.4"]
new = ["idna==3.6", "colorama==0.4.6; sys_platform == 'win32'"]

[dependency-groups]
dev = ["packaging==23.1"]

[tool.uv]
conflicts = [[{ extra = "old" }, { extra = "new" }]]

[tool.uv.workspace]
members = ["part"]

[tool.uv.sources]
part = { workspace = true }
"""
PART = """
[project]
name = "part"
version = "0.2"
description = "A part."
requires-python = ">=3.9"
dependencies = ["six==1.16.0"]

[build-system]
requires = ["flit_core==3.9.0"]
build-backend = "flit_core.buildapi"
"""
POETRY_PROJECT = """
[project]
name = "whole"
version = "0.1"
requires-python = ">=3.9"
dependencies = ["requests[socks]==2.31.0", "click (==8.1.3)"]

[project.optional-dependencies]
more = ["six==1.16.0"]

[tool.poetry.group.dev.dependencies]
packaging = "~23.1"
colorama = { version = "^0.4.6", markers = "sys_platform == 'linux'" }
attrs = [{ version = "22.1.0", python = "<3.11" }, { version = "23.1.0", python = ">=3.11" }]

[[tool.poetry.source]]
name = "packages"
url = "INDEX"
priority = "primary"
"""
PIPFILE = """
[[source]]
name = "packages"
url = "INDEX"
verify_ssl = true

[packages]
packaging = "==23.1"

[dev-packages]
six = "==1.16.0"

[requires]
python_version = "3.11"
"""


def run_tool(directory: Path, name: str, *arguments: str | Path) -> Finished:
    """Run a program of the development environment in a directory, to its end."""
    return run([TOOLS / name, *arguments], directory=directory, timeout=300)


@pytest.fixture(scope="session")
def uv_project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace of two, locked by uv, with what uv exports: pylock.toml and requirements.txt."""
    directory = tmp_path_factory.mktemp("uv")
    write_part(directory / "part")
    (directory / "pyproject.toml").write_text(UV_PROJECT)
    run_tool(directory, "uv", "lock", "--quiet")
    run_tool(directory, "uv", "export", "--quiet", "--format", "pylock.toml", "--output-file", "pylock.toml")
    run_tool(directory, "uv", "export", "--quiet", "--output-file", "requirements.txt")
    return directory


@pytest.fixture(scope="session")
def index_address(uv_project: Path) -> str:
    """The package index that is configured here, as uv wrote it down."""
    packages = tomllib.loads((uv_project / "uv.lock").read_text())["package"]
    return str(next(one["source"]["registry"] for one in packages if "registry" in one["source"]))


@pytest.fixture(scope="session")
def poetry_project(tmp_path_factory: pytest.TempPathFactory, index_address: str) -> Path:
    """A project locked by Poetry."""
    directory = tmp_path_factory.mktemp("poetry")
    (directory / "pyproject.toml").write_text(POETRY_PROJECT.replace("INDEX", f"{index_address}/"))
    run_tool(directory, "poetry", "lock", "--quiet", "--no-interaction")
    return directory


@pytest.fixture(scope="session")
def pipenv_project(tmp_path_factory: pytest.TempPathFactory, index_address: str) -> Path:
    """A project locked by Pipenv, which uv fetches for the purpose."""
    directory = tmp_path_factory.mktemp("pipenv")
    (directory / "Pipfile").write_text(PIPFILE.replace("INDEX", index_address))
    run_tool(directory, "uv", "tool", "run", "--quiet", "--python", sys.executable, PIPENV, "lock")
    return directory


@pytest.fixture(scope="session")
def pip_reports(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What pip and uv report of an environment with packages of an index, a repository and a directory."""
    directory = tmp_path_factory.mktemp("pip")
    write_part(directory / "part")
    repository = write_repository(directory / "repository")
    run_tool(directory, "uv", "venv", "--quiet", "--seed", "--python", sys.executable, "environment")
    python = directory / "environment/bin/python"
    pip = (python, "-m", "pip", "--disable-pip-version-check")
    wanted = ("packaging==23.1", "--editable", "part", repository)
    run_tool(directory, "uv", "pip", "install", "--quiet", "--python", python, *wanted)
    for name, arguments in {
        "freeze.txt": ["freeze", "--all"],
        "inspect.json": ["inspect"],
        "list.json": ["list", "--format", "json"],
    }.items():
        (directory / name).write_text(run([*pip, *arguments], directory=directory).output)
    for name, arguments in {
        "uv-freeze.txt": ["freeze"],
        "uv-list.json": ["list", "--format", "json"],
    }.items():
        finished = run_tool(directory, "uv", "pip", *arguments, "--python", python)
        (directory / name).write_text(finished.output)
    return directory


def write_part(directory: Path) -> None:
    """A package that can be built, of one module."""
    directory.mkdir()
    (directory / "pyproject.toml").write_text(PART)
    (directory / "part.py").write_text('"""A part."""\n')


def write_repository(directory: Path) -> str:
    """A repository with a package, and the address of its one commit."""
    directory.mkdir()
    manifest = PART.replace('"part"', '"other"').replace('dependencies = ["six==1.16.0"]', "")
    (directory / "pyproject.toml").write_text(manifest)
    (directory / "other.py").write_text('"""Another part."""\n')
    identity = ("-c", "user.name=Sarah", "-c", "user.email=sarah@visionaryai.example")
    for arguments in (("init", "--quiet"), ("add", "."), (*identity, "commit", "--quiet", "-m", "Begin")):
        run(["git", *arguments], directory=directory)
    commit = run(["git", "rev-parse", "HEAD"], directory=directory).output.strip()
    return f"git+file://{directory}@{commit}"
