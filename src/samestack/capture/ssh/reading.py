"""An environment on another machine becomes an observation, by the probes that read this machine."""

import posixpath
from typing import Final, NamedTuple

from samestack.capture.observation import Observation
from samestack.capture.options import Options
from samestack.capture.probes.conda.conda_prefix import read_prefix
from samestack.capture.probes.models.model_cache import cache_directory, read_model_cache
from samestack.capture.probes.python.environment import read_installation
from samestack.capture.probes.python.installation import (
    Installation,
    installation_of,
    installations_at,
    venv_at,
)
from samestack.capture.probes.python.venv_configuration import FILE_NAME
from samestack.capture.readers.environments.pythons import read_pythons
from samestack.capture.readers.environments.root import read_root
from samestack.capture.readers.environments.system import read_system
from samestack.capture.ssh.address import Address, Remote
from samestack.capture.ssh.connection import Connection, connected
from samestack.capture.ssh.host import machine_name, read_host
from samestack.capture.ssh.packets import MalformedError
from samestack.capture.ssh.transfer import Transfer
from samestack.capture.ssh.tree import RemoteTree
from samestack.errors import InputError
from samestack.model import HOST_LAYERS, STACK_LAYERS, Kind, Layer
from samestack.outside.source_error import Reason, SourceError

_ROOT_SIGNS: Final = ("etc/os-release", "usr/lib/os-release", "var/lib/dpkg/status", "lib/apk/db/installed")


class Read(NamedTuple):
    """What was read, and what that is."""

    observation: Observation
    kind: Kind
    complete: tuple[Layer, ...]
    """The layers of which everything is told. Of configuration nothing is: who runs there is not known."""
    machine: str
    """What the machine calls itself."""


class _There(NamedTuple):
    """The machine, while it is read."""

    tree: RemoteTree
    transfer: Transfer
    address: Address
    home: str
    """The home directory of the user that ssh logs in as; relative paths start there."""
    options: Options

    def path(self, locator: str) -> str:
        """The absolute path on the machine, links not followed."""
        below = locator[2:] if locator.startswith("~/") else "" if locator == "~" else locator
        return posixpath.normpath(posixpath.join(self.home, below))

    @property
    def users(self) -> str:
        """The directory below which that user's own packages are."""
        return posixpath.join(self.home, ".local")


def read_remote(remote: Remote, options: Options) -> Read:
    """The environment, and the machine around it; nothing is written or started there but what serves files.

    :class:`SourceError` where the machine cannot be asked, :class:`InputError` for what is not there.
    """
    with connected(remote.address) as connection:
        try:
            return _read(remote, connection, options)
        except MalformedError as error:
            where = f"ssh:{remote.address}"
            hint = f"does a shell there write when it starts? see: {remote.address.trial}"
            raise SourceError(where, Reason.UNREACHABLE, error.message, hint=hint) from None


def _read(remote: Remote, connection: Connection, options: Options) -> Read:
    transfer = Transfer(connection)
    tree = RemoteTree(transfer, str(remote.address))
    home = transfer.resolved(".") or "/"
    there = _There(tree, transfer, remote.address, home, options)
    kind = _kind(there, remote.reference.kind, remote.reference.locator)
    name = machine_name(tree)
    if kind is Kind.ROOTFS:
        return Read(_rootfs(there, remote.reference.locator), kind, STACK_LAYERS, name)
    own = _READERS[kind](there, remote.reference.locator)
    system = read_system(tree, deep=options.deep)
    host = read_host(tree, remote.address, _architecture(system))
    models = read_model_cache(tree, cache_directory({"HOME": home}))
    return Read(Observation.joined((own, system, host, models)), kind, (*HOST_LAYERS, *STACK_LAYERS), name)


def _kind(there: _There, kind: Kind, locator: str) -> Kind:
    """What a path is there."""
    if kind is not Kind.PATH:
        return kind
    path = there.path(locator)
    if there.tree.is_file(f"{path}/{FILE_NAME}"):
        return Kind.VENV
    if there.tree.is_directory(f"{path}/conda-meta"):
        return Kind.CONDA
    if any(there.tree.is_file(f"{path}/{sign}") for sign in _ROOT_SIGNS):
        return Kind.ROOTFS
    if there.tree.is_file(path):
        return Kind.PYTHON
    hint = "name a venv, a conda environment, an interpreter or a root; machine: is all of the machine"
    raise InputError(there.tree.shown(path), "no environment is there", hint=hint)


def _machine(there: _There, locator: str) -> Observation:  # noqa: ARG001 - there is one machine only
    return read_pythons(there.tree, there.options, user_base=there.users)


def _venv(there: _There, locator: str) -> Observation:
    prefix = there.tree.resolve(there.path(locator))
    if not there.tree.is_file(f"{prefix}/{FILE_NAME}"):
        hint = f"there is no {FILE_NAME} in it"
        raise InputError(there.tree.shown(prefix), "not a virtual environment", hint=hint)
    venv = venv_at(there.tree, prefix, user_base=there.users)
    return read_installation(there.tree, venv, there.options)


def _python(there: _There, locator: str) -> Observation:
    if "/" not in locator:
        hint = "name its path, for example python:/usr/bin/python3"
        raise InputError(locator, "a program on another machine's PATH is not looked for", hint=hint)
    return read_installation(there.tree, _installation(there, there.path(locator)), there.options)


def _installation(there: _There, path: str) -> Installation:
    tree, users = there.tree, there.users
    if tree.is_file(f"{path}/{FILE_NAME}"):
        return venv_at(tree, path, user_base=users)
    if not tree.is_directory(path):
        found = installation_of(tree, path, user_base=users)
        if found is None:
            hint = "name the executable of an interpreter, for example python:/usr/bin/python3"
            raise InputError(tree.shown(path), "not a Python interpreter with its library", hint=hint)
        return found
    several = installations_at(tree, path, user_base=users)
    if len(several) != 1:
        hint = "name one: " + " or ".join(f"python:{one.executable}" for one in several)
        raise InputError(tree.shown(path), f"{len(several)} Pythons are installed here", hint=hint)
    return several[0]


def _conda(there: _There, locator: str) -> Observation:
    prefix = there.path(locator)
    if not there.tree.is_directory(f"{prefix}/conda-meta"):
        hint = "name its path: names of environments are not looked for on another machine"
        message = "no conda environment: it has no directory conda-meta"
        raise InputError(there.tree.shown(prefix), message, hint=hint)
    return read_prefix(there.tree, prefix, options=there.options)


def _rootfs(there: _There, locator: str) -> Observation:
    path = there.tree.resolve(there.path(locator))
    if not any(there.tree.is_directory(f"{path}/{sign}") for sign in ("usr", "etc")):
        message = "not a root file system: neither usr nor etc is in it"
        raise InputError(there.tree.shown(path), message, hint="name the directory that holds them")
    root = RemoteTree(there.transfer, str(there.address), path.rstrip("/"))
    return read_root(root, there.options)


def _architecture(system: Observation) -> str:
    """What the C library is made for; empty where it does not say."""
    told = (one.facts.get("architecture") for one in system.components if one.layer is Layer.OS)
    return next((str(one) for one in told if one), "")


_READERS: Final = {Kind.MACHINE: _machine, Kind.VENV: _venv, Kind.PYTHON: _python, Kind.CONDA: _conda}
