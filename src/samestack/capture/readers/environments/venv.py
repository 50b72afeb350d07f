"""Environment reader ``venv:PATH``: a virtual environment, whatever tool made it (PEP 405)."""

import os

from samestack.capture.memory import observed
from samestack.capture.observation import Observation
from samestack.capture.options import Options
from samestack.capture.readers.environments.surroundings import surroundings
from samestack.capture.readers.environments.user_packages import user_base
from samestack.capture.tree import MachineTree
from samestack.errors import InputError

_CONFIGURATION = "pyvenv.cfg"
_MAKE_ONE = "make one with: python3 -m venv"


def read(locator: str, options: Options) -> Observation:
    """The virtual environment in a directory, and the machine around it.

    InputError for what is no virtual environment; a broken one is read as far as it is there.
    """
    prefix = os.path.realpath(os.path.expanduser(locator))
    if not os.path.isfile(f"{prefix}/{_CONFIGURATION}"):
        raise InputError(locator, "not a virtual environment", hint=_hint(locator, prefix))
    users = user_base(os.environ)

    def read_venv(tree: MachineTree) -> Observation:
        # Imported only when the environment has changed: the parsers cost more to load than what they found.
        from samestack.capture.probes.python.environment import read_installation
        from samestack.capture.probes.python.installation import venv_at

        return read_installation(tree, venv_at(tree, prefix, user_base=users), options)

    packages = observed(read_venv, options, "venv", prefix, users)
    return Observation.joined((packages, surroundings(deep=options.deep)))


def _hint(locator: str, path: str) -> str:
    """What is there instead, and how to name it."""
    if not os.path.exists(path):
        return f"nothing is there; {_MAKE_ONE} {locator}"
    if os.path.isfile(path):
        return f"it is a file; of an interpreter write python:{locator}"
    if os.path.isdir(f"{path}/conda-meta"):
        return f"it is a conda environment: write conda:{locator}"
    if os.path.isfile(f"{path}/.venv/{_CONFIGURATION}"):
        return f"it holds one: write venv:{os.path.join(locator, '.venv')}"
    if os.path.isfile(f"{path}/bin/python3"):
        return f"it is an interpreter's own prefix: write python:{locator}"
    return f"there is no {_CONFIGURATION} in it; {_MAKE_ONE} {locator}"
