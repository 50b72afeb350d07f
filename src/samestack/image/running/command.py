"""The command by which an engine runs a container."""

from collections.abc import Iterator
from pathlib import Path

from msgspec import Struct

from samestack.image.running.gpus import gpu_words
from samestack.image.running.secret import PLACE


class Container(Struct, frozen=True, kw_only=True):
    """A container that is to run, and be gone when its program has ended."""

    image: str
    """As the engine knows it."""
    command: tuple[str, ...] = ()
    """What is run in it; empty for what the image says."""
    variables_files: tuple[str, ...] = ()
    """Files of variables; a later one goes before an earlier one."""
    secrets: Path | None = None
    """The directory that the container sees as ``/run/secrets``."""
    ports: tuple[str, ...] = ()
    """As :func:`~samestack.image.running.publishing.published` writes them."""
    network: str = ""
    """A network of the engine; empty for its usual one."""
    is_interactive: bool = False
    """Whether it has a terminal."""
    has_gpus: bool = False
    has_init: bool = False
    """Whether the engine has a small program that can stand before ours as the first process, and hands on
    signals that a first process would else not hear."""


def run_command(engine: str, kind: str, container: Container) -> tuple[str, ...]:
    """The words for an engine, ``docker`` or ``podman`` by its ``kind``; ``engine`` is its program."""
    return (engine, "run", *_words(kind, container), container.image, *container.command)


def _words(kind: str, container: Container) -> Iterator[str]:
    yield from ("--rm", "--interactive")
    if container.is_interactive:
        yield "--tty"
    if container.has_init:
        yield "--init"
    for file in container.variables_files:
        yield f"--env-file={file}"
    if container.secrets is not None:
        # Z: where SELinux keeps containers apart, the copies are this one's.
        yield f"--volume={container.secrets}:{PLACE}:ro,Z"
    for port in container.ports:
        yield f"--publish={port}"
    if container.network:
        yield f"--network={container.network}"
    if container.has_gpus:
        yield from gpu_words(kind)
