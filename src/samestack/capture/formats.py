"""The kinds of environment that can be read, and what each says of itself: one row a reader."""

import importlib
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Final

from msgspec import Struct

from samestack.capture.observation import Observation
from samestack.capture.options import Options
from samestack.model import CONFIGURATION_LAYERS, HOST_LAYERS, STACK_LAYERS, Kind, Layer, Standing

if TYPE_CHECKING:
    from pathlib import Path

FileReader = Callable[["Path"], Observation]
EnvironmentReader = Callable[[str, Options], Observation]


class FileFormat(Struct, frozen=True):
    """A kind of file: what it is called, what it stands for, and the module that reads it."""

    kind: str
    standing: Standing
    module: str

    def reader(self) -> FileReader:
        """The function that reads such a file; imported now, so that other formats cost nothing."""
        read: FileReader = _module(self.module).read
        return read


class EnvironmentKind(Struct, frozen=True):
    """A kind of environment that exists: the module that reads it and the layers it tells everything of."""

    module: str
    complete: tuple[Layer, ...]

    def reader(self) -> EnvironmentReader:
        """The function that reads such an environment."""
        read: EnvironmentReader = _module(self.module).read
        return read


_LIVE = (*HOST_LAYERS, *STACK_LAYERS, *CONFIGURATION_LAYERS)

ENVIRONMENTS: Final[Mapping[Kind, EnvironmentKind]] = {
    Kind.MACHINE: EnvironmentKind("environments.machine", _LIVE),
    Kind.VENV: EnvironmentKind("environments.venv", _LIVE),
    Kind.PYTHON: EnvironmentKind("environments.python", _LIVE),
    Kind.CONDA: EnvironmentKind("environments.conda_prefix", _LIVE),
    Kind.ROOTFS: EnvironmentKind("environments.rootfs", STACK_LAYERS),
}

FORMATS: Final[Mapping[str, FileFormat]] = {
    row.kind: row
    for row in (
        FileFormat("pylock.toml", Standing.DECIDED, "locks.pylock"),
        FileFormat("uv.lock", Standing.DECIDED, "locks.uv_lock"),
        FileFormat("poetry.lock", Standing.DECIDED, "locks.poetry_lock"),
        FileFormat("pixi.lock", Standing.DECIDED, "conda.pixi_lock"),
        FileFormat("conda-lock.yml", Standing.DECIDED, "conda.conda_lock"),
        FileFormat("Pipfile.lock", Standing.DECIDED, "locks.pipfile_lock"),
        FileFormat("conda-explicit", Standing.DECIDED, "conda.conda_explicit"),
        FileFormat("environment.yml", Standing.WANTED, "conda.environment_yml"),
        FileFormat("pyproject.toml", Standing.WANTED, "projects.pyproject"),
        FileFormat("requirements.txt", Standing.WANTED, "requirements.requirements"),
        FileFormat("pip-inspect", Standing.OBSERVED, "lists.pip_inspect"),
        FileFormat("pip-list", Standing.OBSERVED, "lists.pip_list"),
        FileFormat("cyclonedx", Standing.OBSERVED, "bills.cyclonedx"),
        FileFormat("spdx", Standing.OBSERVED, "bills.spdx"),
    )
}


class _ReaderModule:
    """What a reader module offers, for the type checker."""

    read: Callable[..., Observation]


def _module(name: str) -> _ReaderModule:
    module: _ReaderModule = importlib.import_module(f"samestack.capture.readers.{name}")  # type: ignore[assignment]
    return module
