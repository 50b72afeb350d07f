"""Environment reader ``rootfs:DIR``: a root file system of any distribution and architecture."""

import os
from pathlib import Path
from typing import Final

from samestack.capture.observation import Observation
from samestack.capture.options import Options
from samestack.capture.readers.environments.root import read_root
from samestack.capture.tree import RootTree
from samestack.errors import InputError

_SIGNS: Final = ("usr", "etc")
_OTHERS: Final = {
    "pyvenv.cfg": "a virtual environment: write venv",
    "conda-meta": "a conda prefix: write conda",
}


def read(locator: str, options: Options) -> Observation:
    """The system in a directory and every Python in it; nothing outside is read, whatever its links say.

    :class:`InputError` when the directory does not look like a root.
    """
    path = os.path.expanduser(locator)
    _refuse_others(locator, path)
    return read_root(RootTree(Path(path)), options)


def _refuse_others(locator: str, path: str) -> None:
    if not os.path.isdir(path):
        problem = "not a directory" if os.path.exists(path) else "no such directory"
        raise InputError(locator, problem, hint="name the directory that an image or a disk is unpacked in")
    other = next((what for name, what in _OTHERS.items() if os.path.lexists(os.path.join(path, name))), None)
    if other is not None:
        raise InputError(locator, "not a root file system", hint=f"it is {other}:{locator}")
    if not any(os.path.lexists(os.path.join(path, sign)) for sign in _SIGNS):
        raise InputError(
            locator,
            "not a root file system: neither usr nor etc is in it",
            hint="name the directory that holds them",
        )
