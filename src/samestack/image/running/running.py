"""A container for this process to become: everything that it needs is laid ready, and is gone after it."""

import shutil
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Final

from msgspec import Struct, field

from samestack.errors import RequestError
from samestack.image.running.afterwards import remove_afterwards
from samestack.image.running.command import Container, run_command
from samestack.image.running.gpus import has_gpus
from samestack.image.running.loading import runnable
from samestack.image.running.publishing import published
from samestack.image.running.secret import Secret, lay_out, private_directory
from samestack.image.running.variables import variables_file
from samestack.oci.engines.engine import Engine
from samestack.progress import Reporter

_PODMANS_INIT: Final = "/usr/libexec/podman/catatonit"
NO_GPU: Final = "there is no GPU here that its driver shows: it runs without"


class RunRequest(Struct, frozen=True, kw_only=True):
    """What is to run, and with what."""

    reference: str
    command: tuple[str, ...] = ()
    variables: Mapping[str, str] = field(default_factory=dict)
    """The configuration; they may hold secrets, so no list of processes shows them."""
    variables_file: Path | None = None
    """Further variables, which go before those; the engine reads the file."""
    secrets: tuple[Secret, ...] = ()
    ports: tuple[str, ...] = ()
    network: str = ""
    wants_gpus: bool = False

    def __repr__(self) -> str:
        return f"RunRequest({self.reference})"


class Ready(Struct, frozen=True, kw_only=True):
    """The command of a container."""

    command: tuple[str, ...]
    notes: tuple[str, ...] = ()
    """What is not as it was asked for, in a sentence each."""


def ready(request: RunRequest, engine: Engine, reporter: Reporter) -> Ready:
    """The command to become, once the image is where the engine finds it.

    Whatever can be refused is refused before anything is loaded.
    """
    ports = tuple(map(published, request.ports))
    _check_is_there(request.variables_file)
    secrets = _secrets(request.secrets)
    is_given_gpus = request.wants_gpus and has_gpus()
    container = Container(
        image=runnable(request.reference, engine, reporter),
        command=request.command,
        variables_files=tuple(_files(request.variables, request.variables_file)),
        secrets=secrets,
        ports=ports,
        network=request.network,
        is_interactive=sys.stdin.isatty() and sys.stdout.isatty(),
        has_gpus=is_given_gpus,
        has_init=_has_init(engine),
    )
    notes = (NO_GPU,) if request.wants_gpus and not is_given_gpus else ()
    return Ready(command=run_command(engine.program, engine.name, container), notes=notes)


def _secrets(secrets: tuple[Secret, ...]) -> Path | None:
    if not secrets:
        return None
    directory = private_directory()
    remove_afterwards(directory)
    return lay_out(secrets, directory)


def _files(variables: Mapping[str, str], file: Path | None) -> Iterable[str]:
    if variables:
        yield variables_file(variables)
    if file is not None:
        yield str(file)


def _check_is_there(file: Path | None) -> None:
    if file is not None and not file.exists():
        raise RequestError(f"'{file}': no such file of variables")


def _has_init(engine: Engine) -> bool:
    """Docker brings one; podman's is a package of its own."""
    return engine.name != "podman" or Path(_PODMANS_INIT).exists() or shutil.which("catatonit") is not None
