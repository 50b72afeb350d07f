"""The environments that are measured and the ones that the tools run in, made anew for a run."""

import ensurepip
import subprocess
import sys
from pathlib import Path

from samestack.tour.interpreters import python_request

REPOSITORY = Path(__file__).parent.parent
UV = str(Path(sys.executable).with_name("uv"))


def build(place: Path, *requirements: str) -> Path:
    """A venv of this Python with the given requirement arguments, its bytecode compiled as pip does."""
    _run("venv", "--quiet", "--python", sys.executable, str(place))
    install(place, "--compile-bytecode", *requirements)
    return place


def virtual_environment(place: Path, python: str) -> Path:
    """An empty venv of a series of Python, with the pip that checks it."""
    _run("venv", "--quiet", "--python", python_request(python), str(place))
    install(place, "pip")
    return place


def install(environment: Path, *arguments: str) -> None:
    """Install by uv what the arguments of ``uv pip install`` name; nothing where there are none."""
    if arguments:
        _run("pip", "install", "--quiet", "--python", str(environment / "bin/python"), *arguments)


def measured_environment(place: Path) -> Path:
    """The locked environment of at least 150 distributions."""
    return build(place, "--require-hashes", "--requirement", str(REPOSITORY / "benchmarks/environment.txt"))


def tool_environment(place: Path, *extras: str) -> Path:
    """The tool as a user installs it, the core alone by default, built anew from these sources."""
    wanted = f"{REPOSITORY}[{','.join(extras)}]" if extras else str(REPOSITORY)
    return build(place, "--refresh-package", "samestack", wanted)


def peers_environment(place: Path) -> Path:
    """The peers that are programs of their own, in the versions of the development lock."""
    lock = REPOSITORY / "requirements/development.txt"
    return build(place, "--constraint", str(lock), "pipdeptree", "cyclonedx-bom")


def shipped_pip(place: Path) -> Path:
    """The pip that this Python ships, as every ``python -m venv`` has it, in a directory for PYTHONPATH."""
    wanted = f"pip=={ensurepip.version()}"
    _run(
        "pip",
        "install",
        "--quiet",
        "--compile-bytecode",
        "--python",
        sys.executable,
        "--target",
        str(place),
        wanted,
    )
    return place


def _run(*arguments: str) -> None:
    subprocess.run([UV, *arguments], check=True)
