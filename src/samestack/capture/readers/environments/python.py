"""Environment reader ``python:PATH``: an interpreter that is installed, with all that it imports."""

import os
import shutil

from samestack.capture.memory import observed
from samestack.capture.observation import Observation
from samestack.capture.options import Options
from samestack.capture.probes.python.environment import read_installation
from samestack.capture.probes.python.installation import (
    Installation,
    installation_of,
    installations_at,
    venv_at,
)
from samestack.capture.probes.python.venv_configuration import FILE_NAME
from samestack.capture.readers.environments.surroundings import surroundings
from samestack.capture.readers.environments.user_packages import user_base
from samestack.capture.tree import MachineTree, Tree
from samestack.errors import InputError


def read(locator: str, options: Options) -> Observation:
    """The Python that an executable or a prefix names, and the machine around it.

    A name without a slash is looked up on PATH. The interpreter of a virtual environment is read as that
    environment. InputError when there is no Python, or when a prefix has several.
    """
    users = user_base(os.environ)

    def read_python(tree: MachineTree) -> Observation:
        return read_installation(tree, _installation(tree, locator, users), options)

    packages = observed(read_python, options, "python", _path(locator), users)
    return Observation.joined((packages, surroundings(deep=options.deep)))


def _installation(tree: Tree, locator: str, users: str) -> Installation:
    path = _path(locator)
    if tree.is_directory(path):
        return _of_prefix(tree, locator, path, users)
    found = installation_of(tree, path, user_base=users)
    if found is None:
        raise InputError(locator, "not a Python interpreter with its library", hint=_hint(path))
    return found


def _path(locator: str) -> str:
    """The absolute path, links not followed: an environment's interpreter is mostly a link out of it."""
    if "/" in locator or os.path.isdir(locator):
        return os.path.abspath(os.path.expanduser(locator))
    found = shutil.which(locator)
    if found is None:
        hint = "name its path, for example python:/usr/bin/python3"
        raise InputError(locator, "no such program on PATH", hint=hint)
    return os.path.abspath(found)


def _of_prefix(tree: Tree, locator: str, prefix: str, users: str) -> Installation:
    if tree.is_file(f"{prefix}/{FILE_NAME}"):
        return venv_at(tree, prefix, user_base=users)
    found = installations_at(tree, prefix, user_base=users)
    if not found:
        raise InputError(locator, "no Python is installed in this directory", hint=_hint(prefix))
    if len(found) > 1:
        names = " or ".join(f"python:{one.executable}" for one in found)
        raise InputError(locator, f"{len(found)} Pythons are installed here", hint=f"name one: {names}")
    return found[0]


def _hint(path: str) -> str:
    if not os.path.exists(path):
        return "nothing is there"
    if os.path.isfile(path) and _begins_with(path, b"#!"):
        return "it is a script that starts an interpreter: name what it starts (import sys; sys.executable)"
    return "name the executable of an interpreter, for example python:/usr/bin/python3"


def _begins_with(path: str, start: bytes) -> bool:
    with open(path, "rb") as file:
        return file.read(len(start)) == start
