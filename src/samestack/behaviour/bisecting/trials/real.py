"""An environment of its own for a trial, made as anyone makes one."""

from collections.abc import Iterable

from samestack.behaviour.bisecting.trials.bytecode import take_bytecode
from samestack.behaviour.bisecting.trials.description import Package
from samestack.behaviour.bisecting.trials.installing import (
    compile_bytecode,
    install,
    make_virtual_environment,
)
from samestack.behaviour.bisecting.trials.layout import site_packages
from samestack.behaviour.bisecting.trials.place import Place
from samestack.behaviour.bisecting.trials.store import Unpacked
from samestack.envs.interpreters import Interpreter


def make_real(
    packages: tuple[Package, ...], interpreter: Interpreter, place: Place, compiled: Iterable[Unpacked] = ()
) -> None:
    """Make the place's virtual environment with these packages; errors as from ``install``.

    What some of them were ``compiled`` to before is taken over.
    """
    environment = place.environment
    make_virtual_environment(environment, interpreter.path, place)
    python = environment / "bin/python"
    if packages:
        install(packages, ("--python", python), place)
        take_bytecode(compiled, interpreter, environment)
        compile_bytecode(environment / site_packages(interpreter), python, place)
