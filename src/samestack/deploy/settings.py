"""``[tool.samestack.deploy]``: what a platform has to know of a project beyond its lock and its profiles."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final, TypeVar

import msgspec
from msgspec import Struct, field, structs

from samestack.capture.documents import load_toml, shaped
from samestack.check.suggestion import did_you_mean
from samestack.deploy.scale import Autoscaling, Resources, Scale
from samestack.deploy.settings_values import VARIABLES, check_values
from samestack.errors import InputError

PLACE: Final = "tool.samestack.deploy"
KUBERNETES: Final = ">=1.25"
"""The versions that manifests are for where nobody says. What they hold is served by all of them so far."""
T = TypeVar("T", bound=Struct)


class Probes(
    Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True, rename="kebab"
):
    """How the platform finds out whether the program works; durations are seconds.

    What is left out is as ``[tool.samestack.image.health]`` has it.
    """

    path: str = ""
    """What is asked by HTTP, at the port: ``/health``. Empty: the image's command is run, or else it is
    enough that something listens at the port."""
    seconds: int | None = None
    """Between two questions."""
    timeout: int | None = None
    start: int | None = None
    """How long the program may take before it answers for the first time."""
    failures: int | None = None
    """After so many in a row the program is started anew."""


class EnvironmentScale(
    Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True, rename="kebab"
):
    """What one environment has more or less of; what is left out is as everywhere."""

    namespace: str = ""
    replicas: int | None = None
    resources: Resources | None = None
    autoscaling: Autoscaling | None = None


class DeploySettings(
    Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True, rename="kebab"
):
    """The table; everything may be left out."""

    name: str = ""
    """Of the workload and its service; empty for the project's."""
    image: str = ""
    """The repository of the image: ``registry.example.com/team/agent``."""
    namespace: str = ""
    """Of Kubernetes; empty: wherever it is applied, or where Kustomize puts it."""
    platform: str = ""
    """That the image is for (``linux-64``); empty for the lock's."""
    port: int | None = None
    """What the service answers at; ``None`` for the image's first, 0 for none."""
    replicas: int = 1
    resources: Resources = Resources()
    gpus: int = 0
    """Of each replica."""
    probes: Probes = Probes()
    autoscaling: Autoscaling | None = None
    writable: tuple[str, ...] = ("/tmp",)  # noqa: S108 - a path in the container, which has it to itself
    """Directories that the program may write to, empty at each start; all else can only be read."""
    secrets: str = VARIABLES
    """How the program is given secrets: as ``variables``, or as ``files`` in ``/run/secrets``."""
    secret: str = ""
    """The Secret of Kubernetes that holds them; empty for one that is called as the workload."""
    network_policy: bool = False
    """Whether nothing of it can be reached but its port."""
    kubernetes: str = KUBERNETES
    """The versions of Kubernetes that the manifests are for."""
    environments: Mapping[str, EnvironmentScale] = field(default_factory=dict)

    def scale(self, environment: str) -> Scale:
        """How much of it there is in an environment."""
        own = self.environments.get(environment, EnvironmentScale())
        return Scale(
            replicas=self.replicas if own.replicas is None else own.replicas,
            resources=self.resources if own.resources is None else own.resources,
            autoscaling=self.autoscaling if own.autoscaling is None else own.autoscaling,
        )


def deploy_settings(file: Path) -> DeploySettings:
    """What a manifest says; ``file`` need not be there, or hold the table.

    :class:`~samestack.errors.InputError` names the key, and what it was meant to be.
    """
    if not file.is_file():
        return DeploySettings()
    own = shaped(load_toml(file, dict[str, Any]), _Manifest, file=str(file)).tool.samestack
    _refuse_unknown(own.deploy, DeploySettings, PLACE, str(file))
    for key, shape in _TABLES.items():
        _refuse_unknown(own.deploy.get(key), shape, f"{PLACE}.{key}", str(file))
    _refuse_unknown_scales(own.deploy.get("environments"), own.environments, str(file))
    settings = _converted(own.deploy, str(file))
    check_values(settings, PLACE, str(file))
    return settings


class _Own(Struct, frozen=True):
    deploy: dict[str, Any] = field(default_factory=dict)
    environments: dict[str, Any] = field(default_factory=dict)


class _Tool(Struct, frozen=True):
    samestack: _Own = field(default_factory=_Own)


class _Manifest(Struct, frozen=True):
    tool: _Tool = field(default_factory=_Tool)


_TABLES: Final[Mapping[str, type[Struct]]] = {
    "probes": Probes,
    "resources": Resources,
    "autoscaling": Autoscaling,
}


def _refuse_unknown_scales(said: object, environments: Mapping[str, Any], file: str) -> None:
    """A misspelt environment would have the scale of all others, and nobody would know."""
    for name, table in said.items() if isinstance(said, dict) else ():
        place = f"{PLACE}.environments.{name}"
        if name not in environments:
            hint = did_you_mean(name, environments) or "declare it in [tool.samestack.environments]"
            raise InputError(file, f"there is no environment '{name}'", place=place, hint=hint)
        _refuse_unknown(table, EnvironmentScale, place, file)


def _refuse_unknown(table: object, shape: type[Struct], place: str, file: str) -> None:
    known = [one.encode_name for one in structs.fields(shape)]
    for key in table if isinstance(table, dict) else ():
        if key not in known:
            hint = did_you_mean(key, known)
            raise InputError(file, "there is no such key", place=f"{place}.{key}", hint=hint)


def _converted(table: Mapping[str, Any], file: str) -> DeploySettings:
    try:
        return msgspec.convert(table, DeploySettings, strict=True)
    except msgspec.ValidationError as error:
        message, _, key = str(error).partition(" - at ")
        raise InputError(file, message, place=f"{PLACE}{key.strip('`').removeprefix('$')}") from None
