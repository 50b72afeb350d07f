"""``samestack-config``, built and installed beside pydantic 1 and 2 on the oldest and the newest Python."""

import json
import os
import resource
import shutil
import subprocess
import sys
import tarfile
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

import samestack
from samestack.envs.interpreters import find_interpreter
from samestack.errors import OutsideError
from samestack.solve.uv.index_settings import index_settings
from samestack.solve.uv.uv_program import uv_program
from tests.services.requirement import unavailable

pytestmark = [pytest.mark.registry, pytest.mark.service]

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "packages" / "samestack-config"
PROGRAM = Path(__file__).with_name("startup_program.py")
PYDANTIC = {"1": ("pydantic<2",), "2": ("pydantic>=2", "pydantic-settings>=2")}
CANARY = "canary-4f1c9b"
BASE = 'api_key = "k"\n[database]\nurl = "sqlite://"\n'
CASES: list[dict[str, Any]] = [
    {"profile": "production", "variables": {}},
    {"profile": "production", "variables": {"API_KEY": CANARY, "MAX_WORKERS": "20", "HOSTS": "[1]"}},
    {"profile": "production", "variables": {"MAX_WORKERS": CANARY, "HOSTS": CANARY, "PROXY": ""}},
    {"profile": "staging", "variables": {"API_KEY": CANARY, "DATABASE__POOL_SIZE": CANARY}},
]


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A directory with the wheel and the source distribution."""
    place = tmp_path_factory.mktemp("built")
    run([sys.executable, "-m", "hatchling", "build", "-d", place], directory=PACKAGE)
    return place


@pytest.fixture(scope="module")
def wheel(built: Path) -> Path:
    return next(built.glob("*.whl"))


@pytest.fixture(scope="module", params=["3.9", "3.13"])
def interpreter(request: pytest.FixtureRequest) -> Path:
    try:
        return find_interpreter(request.param, may_fetch=False).path
    except OutsideError:
        unavailable(f"there is no Python {request.param} on this machine")


@pytest.fixture(scope="module", params=PYDANTIC)
def environment(
    request: pytest.FixtureRequest, interpreter: Path, wheel: Path, tmp_path_factory: pytest.TempPathFactory
) -> Path:
    """An environment with the distribution and one generation of pydantic; its interpreter."""
    index = os.environ | index_settings(uv_program()).environment
    place = tmp_path_factory.mktemp("environment") / ".venv"
    python = place / "bin" / "python"
    run([uv_program(), "venv", "--quiet", "--python", interpreter, place], variables=index)
    command: list[str | Path] = [uv_program(), "pip", "install", "--quiet", "--python", python, wheel]
    run([*command, *PYDANTIC[request.param]], variables=index)
    return python


@pytest.fixture
def program(tmp_path: Path) -> Path:
    (tmp_path / "config").mkdir()
    (tmp_path / "config" / "base.toml").write_text(BASE)
    staging = {"database": {"pool_sise": 1}, "max_workers": CANARY}
    (tmp_path / "config" / "staging.json").write_text(json.dumps(staging))
    return Path(shutil.copy(PROGRAM, tmp_path))


def run(
    command: list[str | Path],
    *,
    directory: Path | None = None,
    variables: Mapping[str, str] = os.environ,
    given: str = "",
) -> str:
    """What a program wrote; the test fails with its messages where it does not succeed."""
    finished = subprocess.run(
        command, cwd=directory, env=variables, input=given, capture_output=True, text=True, check=False
    )
    assert finished.returncode == 0, finished.stderr
    return finished.stdout


def test_what_is_in_the_wheel(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    written = {
        f"samestack/config/{path.relative_to(ROOT / 'src/samestack/config')}"
        for path in (ROOT / "src/samestack/config/startup").rglob("*.py")
    }
    written |= {f"samestack/runtime/{path.name}" for path in (ROOT / "src/samestack/runtime").glob("*.py")}
    modules = {name for name in names if ".dist-info/" not in name}
    assert modules == {"samestack/config/__init__.py", "samestack/config/py.typed", *written}
    assert wheel.name == f"samestack_config-{samestack.__version__}-py3-none-any.whl"


def test_a_wheel_of_the_source_distribution_is_the_same(built: Path, wheel: Path, tmp_path: Path) -> None:
    with tarfile.open(next(built.glob("*.tar.gz"))) as archive:
        archive.extractall(tmp_path, filter="data")
    (source,) = tmp_path.iterdir()
    run([sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", tmp_path], directory=source)
    assert (tmp_path / wheel.name).read_bytes() == wheel.read_bytes()


def test_programs_start_and_fail_the_same(environment: Path, program: Path) -> None:
    variables = {
        "PATH": os.defpath,
        "SAMESTACK_SECRETS": "",
        "PYDANTIC_SETTINGS_DEBUG": "1",
        "API_KEY": CANARY,
    }
    told = json.loads(
        run(
            [environment, "-W", "error", "startup_program.py"],
            directory=program.parent,
            variables=variables,
            given=json.dumps(CASES),
        )
    )
    for kind, (default, made, wrong, unknown) in told.items():
        bounds = "" if kind == "Plain" else ", at least 1, at most 64"
        assert default["made"] == ["sqlite://", 5, 2, [], None]
        assert made["made"] == ["sqlite://", 5, 20, [1], None]
        assert made["origins"]["DATABASE__URL"] == "config/base.toml, database.url"
        assert made["origins"]["MAX_WORKERS"] == "process environment"
        assert wrong["message"].splitlines() == [
            "the configuration 'production' has 2 problems:",
            f"  MAX_WORKERS (process environment): wants an integer{bounds}",
            "  HOSTS (process environment): wants a list, each item an integer, written as JSON",
        ]
        nearest = "there is no such variable; did you mean DATABASE__POOL_SIZE?"
        assert unknown["message"].splitlines() == [
            "the configuration 'staging' has 3 problems:",
            "  DATABASE__POOL_SIZE (process environment): wants an integer",
            f"  MAX_WORKERS (config/staging.json, max_workers): wants an integer{bounds}",
            f"  DATABASE__POOL_SISE (config/staging.json, database.pool_sise): {nearest}",
        ]
        assert CANARY not in json.dumps(told)


def test_the_import_takes_less_than_15_ms(environment: Path, tmp_path: Path) -> None:
    """Of CPU time, the least of several runs each."""
    nothing = least_seconds(environment, "pass", tmp_path)
    assert least_seconds(environment, "from samestack.config import load", tmp_path) - nothing < 0.015


def least_seconds(python: Path, code: str, directory: Path) -> float:
    taken = []
    for _ in range(8):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        run([python, "-c", code], directory=directory)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        taken.append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
    return min(taken)
