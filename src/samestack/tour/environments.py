"""The two real environments of the tour."""

import hashlib
import shutil
from pathlib import Path

from samestack.errors import OutsideError
from samestack.process import run
from samestack.solve.uv.uv_program import uv_program
from samestack.tour.cast import Person
from samestack.tour.interpreters import python_request

_STAMP = ".built-from"


def is_built(environment: Path, requirements: Path) -> bool:
    """Whether an earlier tour built this environment from these very requirements."""
    stamp = environment / _STAMP
    return stamp.is_file() and stamp.read_text() == _digest(requirements)


def create_command(person: Person, environment: Path) -> tuple[str | Path, ...]:
    """The command that makes a person's environment, empty; it can be moved, as :func:`build` does."""
    return (uv_program(), "venv", "--relocatable", "--python", python_request(person.python), environment)


def install_command(environment: Path, requirements: Path) -> tuple[str | Path, ...]:
    """The command that installs what the requirements file asks for."""
    python = environment / "bin/python"
    return (uv_program(), "pip", "install", "--python", python, "--requirement", requirements)


def build(person: Person, requirements: Path, environment: Path) -> None:
    """Make the environment aside, then put it in place: interrupted, the next tour makes it anew."""
    aside = environment.with_name(f".{environment.name}.building")
    shutil.rmtree(aside, ignore_errors=True)
    try:
        _create(person, aside)
        run(install_command(aside, requirements))
        (aside / _STAMP).write_text(_digest(requirements))
        shutil.rmtree(environment, ignore_errors=True)
        aside.rename(environment)
    finally:
        shutil.rmtree(aside, ignore_errors=True)


def _create(person: Person, place: Path) -> None:
    try:
        run(create_command(person, place))
    except OutsideError as error:
        raise OutsideError(
            f"there is no Python {person.python} for {person.title} machine: "
            f"{error.message.splitlines()[-1]}",
            hint=f"install it: uv python install {person.python}, or pyenv install {person.python}",
        ) from None


def _digest(requirements: Path) -> str:
    return hashlib.sha256(requirements.read_bytes()).hexdigest()
