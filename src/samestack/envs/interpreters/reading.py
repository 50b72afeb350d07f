"""What is in a place, told by its files: nothing is started, so that twenty Pythons cost no time."""

import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from samestack.capture.probes.python.installation import Installation, installation_of, installations_at
from samestack.capture.probes.python.interpreter import read_interpreter
from samestack.capture.probes.python.venv_configuration import FILE_NAME
from samestack.capture.tree import MachineTree
from samestack.envs.interpreters.interpreter import Interpreter
from samestack.envs.interpreters.places import Place
from samestack.errors import SamestackError
from samestack.model import Component

_OWN_BITS: Final = 64 if sys.maxsize > 2**32 else 32


def installations_in(place: Place) -> tuple[Installation, ...]:
    """The Pythons at a prefix, or the one that an executable is; of an environment, the one that it is of.

    A script is none: pyenv, for one, puts a shim on PATH for every version that it has, and most do not run.
    """
    tree, path = MachineTree(), place.path
    is_directory = tree.is_directory(str(path))
    if is_directory and not tree.is_file(f"{path}/{FILE_NAME}"):
        return tuple(_bases(installations_at(tree, str(path))))
    executable = path / "bin/python" if is_directory else path
    found = None if _is_script(executable) else installation_of(tree, str(executable))
    return tuple(_bases((found,))) if found is not None and _is_it(found, executable) else ()


def read(installation: Installation, source: str) -> Interpreter | None:
    """The interpreter, where this machine can run it and its release is told; else ``None``."""
    try:
        component = read_interpreter(MachineTree(), installation).components[0]
    except SamestackError:
        return None
    version = component.version or ""
    if version.count(".") < 2 or not _is_for_this_machine(component):
        return None
    return Interpreter(path=Path(installation.executable), version=version, source=source)


def _bases(found: tuple[Installation, ...]) -> Iterator[Installation]:
    """Those that extension modules of the usual kind are built for: no PyPy, no free-threaded CPython."""
    for one in found:
        base = one.base if one.configuration is not None else one
        if base is not None and base.implementation == "cpython" and not base.library_name.endswith("t"):
            yield base


def _is_for_this_machine(component: Component) -> bool:
    facts = component.facts
    machine = str(facts.get("platform", "")).partition("-")[0]
    is_same_machine = not machine or machine in {os.uname().machine, "i386"}
    is_usual = not facts.get("debug") and not facts.get("free_threaded")
    return is_same_machine and is_usual and facts.get("pointer_bits", _OWN_BITS) == _OWN_BITS


def _is_it(found: Installation, executable: Path) -> bool:
    """Whether that is what was named, and not another program beside a Python."""
    return found.configuration is not None or os.path.realpath(executable) == os.path.realpath(
        found.executable
    )


def _is_script(path: Path) -> bool:
    try:
        with path.open("rb") as file:
            return file.read(2) == b"#!"
    except OSError:
        return True
