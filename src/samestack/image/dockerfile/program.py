"""How the program of an image is run and what the image says of itself, in the words of a Dockerfile."""

import re
from typing import Final

from msgspec import Struct, field

from samestack.capture.documents import load_toml, read_bytes
from samestack.errors import InputError
from samestack.image.building.config import Described, labels_of, told_variables
from samestack.image.dockerfile.choices import Request
from samestack.image.dockerfile.words import exec_form, pairs
from samestack.image.settings import PLACE, HealthSettings, ImageSettings
from samestack.lock.decision import Lock
from samestack.lock.platforms import marker_environment
from samestack.lock.selecting import locked_digest
from samestack.oci.digests import digest_of
from samestack.oci.platform import Platform
from samestack.project.manifest import Project

_USER: Final = re.compile(r"(?P<user>\d{1,9})(?::(?P<group>\d{1,9}))?")
_NVIDIA: Final = {"NVIDIA_VISIBLE_DEVICES": "all", "NVIDIA_DRIVER_CAPABILITIES": "compute,utility"}
"""What NVIDIA's container toolkit reads: which GPUs, and which of the driver's libraries."""


class _Table(Struct, frozen=True):
    version: str = ""


class _Manifest(Struct, frozen=True):
    project: _Table = field(default_factory=_Table)


def user_and_group(request: Request) -> tuple[str, str]:
    """Both as numbers; :class:`InputError` for names, which nobody can prove not to be root, and for root."""
    text = request.settings.user
    said = _USER.fullmatch(text)
    if said is None or int(said["user"]) == 0:
        file = str(request.project.directory / request.project.file)
        why = "is root" if said else "is no number"
        raise InputError(file, f"'{text}' {why}", place=f"{PLACE}.user", hint='for example "10001:10001"')
    return said["user"], said["group"] or said["user"]


def environment(request: Request) -> tuple[str, ...]:
    """The variables; those of the settings come last, so that they count."""
    prefix = request.settings.prefix
    own = {"CONDA_PREFIX" if request.is_conda else "VIRTUAL_ENV": prefix, "PYTHONUNBUFFERED": "1"}
    nvidia = _NVIDIA if request.choices.is_for_gpu else {}
    said = {**own, **nvidia, **request.settings.environment}
    # The only value that is made of another variable: that of the base.
    return (f'PATH="{prefix}/bin:${{PATH}}"', *pairs(said))


def health(settings: ImageSettings) -> str:
    """What follows HEALTHCHECK: the settings' command, else whether the first port is listened at."""
    if settings.health is not None and settings.health.command:
        return _health(settings.health, settings.health.command)
    if not settings.ports:
        return "NONE"
    asked = f"import socket; socket.create_connection(('127.0.0.1', {settings.ports[0]}), 3).close()"
    return _health(settings.health or HealthSettings(), ("python", "-c", asked))


def labels(request: Request, base: str, series: str) -> tuple[str, ...]:
    """OCI's labels and samestack's own; ``base`` is the name and digest of an image."""
    return pairs(_labels(request, base, series))


def told(request: Request, base: str, series: str) -> tuple[str, ...]:
    """What of the labels the program can read, as variables."""
    return pairs(told_variables(_labels(request, base, series)))


def _labels(request: Request, base: str, series: str) -> dict[str, str]:
    name, _, digest = base.partition("@")
    described = Described(
        title=request.project.name,
        version=_version(request.project),
        base_name=name,
        base_digest=digest,
        stack_digest=_stack_digest(request.lock, request.choices.platform, series),
        lock_digest=digest_of(read_bytes(request.lock.path)),
    )
    return labels_of(described, request.settings)


def _health(said: HealthSettings, command: tuple[str, ...]) -> str:
    return (
        f"--interval={said.interval}s --timeout={said.timeout}s --start-period={said.start_period}s "
        f"--retries={said.retries} \\\n    CMD {exec_form(command)}"
    )


def _stack_digest(lock: Lock, platform: Platform, series: str) -> str:
    name = platform.in_a_lock
    return lock.table.digests.get(name) or locked_digest(lock, marker_environment(name, series))


def _version(project: Project) -> str:
    if not project.file:
        return ""
    return load_toml(project.directory / project.file, _Manifest).project.version
