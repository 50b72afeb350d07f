"""What is in an environment now: as the last sync left it, or else read anew."""

import os
from pathlib import Path

from samestack.envs.syncing.contents import remembered
from samestack.envs.syncing.observed import Observed
from samestack.model import Kind, Layer, Stack


def observe(place: Path) -> Observed | None:
    """The environment in a directory, or ``None`` where none is. Nothing of it is run."""
    kind = kind_at(place)
    if kind is None:
        return None
    return remembered(place) or (_of_conda(str(place)) if kind is Kind.CONDA else _of_venv(str(place)))


def kind_at(place: Path) -> Kind | None:
    """The kind of the environment in a directory, or ``None`` where none is."""
    if (place / "conda-meta").is_dir():
        return Kind.CONDA
    return Kind.VENV if (place / "pyvenv.cfg").is_file() else None


def _of_venv(prefix: str) -> Observed:
    # Imported only when the environment has changed: the parsers cost more to load than what they found.
    from msgspec.structs import replace

    from samestack.capture.memory import observed
    from samestack.capture.observation import Observation
    from samestack.capture.options import Options
    from samestack.capture.tree import MachineTree

    def read(tree: MachineTree) -> Observation:
        from samestack.capture.probes.python.environment import read_installation
        from samestack.capture.probes.python.installation import venv_at

        found = venv_at(tree, prefix)
        own = tuple(path for path in found.site_directories if path.startswith(f"{prefix}/"))
        return read_installation(tree, replace(found, site_directories=own), Options())

    stack = Stack.of(observed(read, Options(), "venv-own", prefix).components)
    runs = os.access(f"{prefix}/bin/python", os.X_OK)
    return Observed(kind=Kind.VENV, python=_python(stack) if runs else "", stack=stack)


def _of_conda(prefix: str) -> Observed:
    from samestack.capture.entry import capture
    from samestack.model import Reference

    stack = capture(Reference(Kind.CONDA, prefix)).stack
    return Observed(kind=Kind.CONDA, python=_python(stack), stack=stack)


def _python(stack: Stack) -> str:
    return next((one.version or "" for one in stack.layer(Layer.PYTHON) if one.name == "python"), "")
