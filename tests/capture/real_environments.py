"""Real virtual environments from the configured package index, made once a session and by different tools."""

import atexit
import shutil
import subprocess
import sys
import tempfile
from functools import cache
from pathlib import Path

from tests.services.requirement import unavailable

UV = Path(sys.executable).parent / "uv"
TOOLS = ("pip", "uv")


def interpreter_of_series(series: str) -> Path:
    """An interpreter of a series such as ``3.13``; the test is skipped where the machine has none."""
    if series == f"{sys.version_info.major}.{sys.version_info.minor}":
        return Path(sys.executable).resolve()
    pyenv = sorted((Path.home() / ".pyenv/versions").glob(f"{series}.*/bin/python{series}"))
    on_path = shutil.which(f"python{series}")
    candidates = (*pyenv, *([Path(on_path)] if on_path else []))
    # pyenv puts a shim on PATH for every series that it has, also for those that do not run.
    found = next((path for path in candidates if _runs(path)), None)
    if found is None:
        unavailable(f"there is no Python {series} on this machine")
    return found


def _runs(interpreter: Path) -> bool:
    return subprocess.run([interpreter, "-c", ""], capture_output=True, check=False).returncode == 0


@cache
def environment(tool: str, series: str, *requirements: str) -> Path:
    """A virtual environment made by a tool, with these distributions and nothing that they ask for."""
    prefix = new_directory() / "environment"
    interpreter = interpreter_of_series(series)
    chosen = ("--quiet", "--no-deps", "--only-binary", ":all:", *requirements)
    if tool == "uv":
        run(UV, "venv", "--quiet", "--python", interpreter, prefix)
        run(UV, "pip", "install", "--python", prefix / "bin/python", *chosen)
    else:
        run(interpreter, "-m", "venv", prefix)
        run(prefix / "bin/python", "-m", "pip", "install", "--disable-pip-version-check", *chosen)
    return prefix


def copy_of(prefix: Path) -> Path:
    """An environment to be broken; its links lead where they did."""
    copied = new_directory() / "environment"
    shutil.copytree(prefix, copied, symlinks=True)
    return copied


def new_directory() -> Path:
    """An empty directory that is removed when the tests are done."""
    directory = Path(tempfile.mkdtemp(prefix="samestack-environments-"))
    atexit.register(shutil.rmtree, directory, ignore_errors=True)
    return directory


def run(*command: str | Path) -> str:
    """What a program that must succeed wrote."""
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout
