"""``[tool.samestack.image]``: what an image holds beside its lock, and how a container of it is run."""

from collections.abc import Mapping
from typing import Any, Final

import msgspec
from msgspec import Struct, field

from samestack.capture.documents import load_toml, shaped
from samestack.check.suggestion import did_you_mean
from samestack.errors import InputError
from samestack.project.manifest import Project

PLACE: Final = "tool.samestack.image"
MOST_IN_ALL: Final = 125
"""Layers of an image that engines run; 128 were too many for Docker."""
MOST_LAYERS: Final = 120
"""Of packages: some are left for what lies below and above."""


class HealthSettings(Struct, frozen=True, kw_only=True, omit_defaults=True, rename="kebab"):
    """How an engine finds out whether the program still works; the durations are seconds."""

    command: tuple[str, ...] = ()
    interval: int = 30
    timeout: int = 5
    start_period: int = 60
    retries: int = 3


class ImageSettings(
    Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True, rename="kebab"
):
    """The table; everything may be left out."""

    base: str = ""
    """What lies below: ``debian:bookworm``, ``scratch``, or the reference of an image (``registry:``,
    ``oci:``, ``image:``, the path of an archive)."""
    python: str = ""
    """Where Python comes from: ``base`` (it is in there), ``debian`` (a package), or a path or ``copy`` (an
    installation of this machine is copied); empty for the first of these that serves."""
    prefix: str = "/opt/venv"
    """The virtual environment in the image."""
    user: str = "10001:10001"
    """Who runs the program, as numbers: Kubernetes can prove that these are not root."""
    working_directory: str = "/app"
    """Where the project's files stand, and where the program starts."""
    entrypoint: tuple[str, ...] = ()
    command: tuple[str, ...] = ()
    ports: tuple[int, ...] = ()
    environment: Mapping[str, str] = field(default_factory=dict)
    """Variables that are the same everywhere. What differs between environments is configuration."""
    labels: Mapping[str, str] = field(default_factory=dict)
    health: HealthSettings | None = None
    include: tuple[str, ...] = ()
    """Patterns of the project's files that belong into the image, as ``.gitignore`` writes them; empty for
    what git knows, without tests and what :mod:`samestack.image` writes itself."""
    exclude: tuple[str, ...] = ()
    layers: int = 100
    """The most layers of packages; small packages share."""
    bytecode: tuple[str, ...] = ()
    """Modules whose imports are compiled beforehand (``helpdesk_agent.server``); empty for none."""


def image_settings(project: Project) -> ImageSettings:
    """What the manifest of a project says; :class:`InputError` names the key, and what it was meant to be."""
    if not project.file:
        return ImageSettings()
    path = project.directory / project.file
    table = _table(load_toml(path, dict[str, Any]), str(path))
    _refuse_unknown(table, ImageSettings, PLACE, str(path))
    if isinstance(table.get("health"), dict):
        _refuse_unknown(table["health"], HealthSettings, f"{PLACE}.health", str(path))
    return _checked(_converted(table, str(path)), str(path))


class _Own(Struct, frozen=True):
    image: dict[str, Any] = field(default_factory=dict)


class _Tool(Struct, frozen=True):
    samestack: _Own = field(default_factory=_Own)


class _Manifest(Struct, frozen=True):
    tool: _Tool = field(default_factory=_Tool)


def _table(document: Mapping[str, Any], file: str) -> Mapping[str, Any]:
    return shaped(document, _Manifest, file=file).tool.samestack.image


def _refuse_unknown(table: Mapping[str, Any], shape: type[Struct], place: str, file: str) -> None:
    for key in table:
        if key not in shape.__struct_encode_fields__:
            hint = did_you_mean(key, shape.__struct_encode_fields__)
            raise InputError(file, "there is no such key", place=f"{place}.{key}", hint=hint)


def _converted(table: Mapping[str, Any], file: str) -> ImageSettings:
    try:
        return msgspec.convert(table, ImageSettings, strict=True)
    except msgspec.ValidationError as error:
        message, _, place = str(error).partition(" - at ")
        key = place.strip("`").removeprefix("$")
        raise InputError(file, message, place=f"{PLACE}{key}") from None


def _checked(settings: ImageSettings, file: str) -> ImageSettings:
    for key, path in (("prefix", settings.prefix), ("working-directory", settings.working_directory)):
        if not path.startswith("/") or ".." in path.split("/") or path == "/":
            hint = "for example /app"
            raise InputError(file, f"'{path}' is no absolute path", place=f"{PLACE}.{key}", hint=hint)
    if not 1 <= settings.layers <= MOST_LAYERS:
        hint = f"between 1 and {MOST_LAYERS}"
        raise InputError(file, f"{settings.layers} is no budget", place=f"{PLACE}.layers", hint=hint)
    for port in settings.ports:
        if not 1 <= port <= 65535:
            raise InputError(file, f"{port} is no port", place=f"{PLACE}.ports")
    return settings
