"""An environment of its own for a trial, made as anyone makes one."""

from samestack.behaviour.bisecting.trials.description import Package
from samestack.behaviour.bisecting.trials.installing import (
    compile_bytecode,
    install,
    make_virtual_environment,
)
from samestack.behaviour.bisecting.trials.layout import site_packages
from samestack.behaviour.bisecting.trials.place import Place
from samestack.envs.interpreters import Interpreter


def make_real(packages: tuple[Package, ...], interpreter: Interpreter, place: Place) -> None:
    """Make the place's virtual environment with these packages; errors as from ``install``."""
    environment = place.environment
    make_virtual_environment(environment, interpreter.path, place)
    python = environment / "bin/python"
    if packages:
        install(packages, ("--python", python), place)
        compile_bytecode(environment / site_packages(interpreter), python, place)
