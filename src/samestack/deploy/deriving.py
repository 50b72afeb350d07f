"""From a project, a profile and an image to what is deployed."""

import re
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Final

from msgspec import Struct

from samestack.config.rendering.kubernetes_object import object_name_of
from samestack.config.rendering.parting import Secret, parted
from samestack.config.resolution import Resolution
from samestack.config.resolving import PROFILE_VARIABLE
from samestack.deploy.deployment import Configuration, Deployment, Health, SecretReference
from samestack.deploy.settings import DeploySettings, EnvironmentScale, deploy_settings
from samestack.deploy.settings_values import FILES
from samestack.errors import InputError, RequestError
from samestack.image.settings import PLACE as IMAGE_PLACE
from samestack.image.settings import HealthSettings, ImageSettings, image_settings
from samestack.lock.lock_table import LockTable
from samestack.lock.reading import find_lock
from samestack.lock.table_text import table_of
from samestack.model import Kind, Reference
from samestack.oci.platform import Platform

if TYPE_CHECKING:
    from samestack.oci.image_name import ImageName
    from samestack.project.manifest import Project

_OF_KUBERNETES: Final = "kubernetes-secret:"
_SERVICE: Final = re.compile(r"[a-z](?:[a-z0-9-]{0,61}[a-z0-9])?", re.ASCII)
"""What a Service can be called, which is less than what other objects can be."""
_LINUX: Final = "linux-64"


class Target(Struct, frozen=True, kw_only=True):
    """Where it is deployed to."""

    environment: str = ""
    """Its name in ``[tool.samestack.environments]``; empty where only a profile is named."""
    reference: str = ""
    """How parity finds it: ``kubernetes:NAMESPACE/WORKLOAD`` says the namespace."""


def deployment(project: "Project", resolution: Resolution, image: "ImageName", target: Target) -> Deployment:
    """What is deployed; ``image`` is pinned, ``resolution`` has not failed.

    :class:`~samestack.errors.InputError` for settings that cannot be meant,
    :class:`~samestack.errors.RequestError` for a project without a lock, and for two namespaces at once.
    """
    settings = deploy_settings(project.directory / (project.file or "pyproject.toml"))
    of_image, table = image_settings(project), _lock_table(project)
    name = _name(project, settings)
    namespace = _namespace(settings, target)
    platform = settings.platform or _platform(table)
    user, group = _owner(project, of_image)
    return Deployment(
        name=name,
        namespace=namespace,
        image=image,
        platform=Platform.parse(platform),
        stack_digest=table.digests.get(platform, ""),
        configuration=configuration(resolution, settings.secret or name, namespace),
        scale=settings.scale(target.environment),
        port=next(iter(of_image.ports), 0) if settings.port is None else settings.port,
        health=_health(settings, of_image.health or HealthSettings()),
        gpus=settings.gpus,
        driver=table.host.driver,
        user=user,
        group=group,
        writable=settings.writable,
        has_secret_files=settings.secrets == FILES,
        is_closed=settings.network_policy,
        kubernetes=settings.kubernetes,
    )


def configuration(resolution: Resolution, secret: str, namespace: str) -> Configuration:
    """The variables of a profile, and where the secret ones are found.

    One that stands in a Secret of the namespace is referred to there, any other in the Secret named
    ``secret``, by the name of its variable.
    """
    parts = parted(resolution)
    told = {PROFILE_VARIABLE: resolution.profile} if resolution.profile else {}
    return Configuration(
        profile=resolution.profile,
        plain={**told, **parts.plain},
        secrets=tuple(_reference(one, secret, namespace) for one in parts.secrets),
    )


def _reference(secret: Secret, fallback: str, namespace: str) -> SecretReference:
    kind, _, locator = secret.origin.source.partition(_OF_KUBERNETES)
    of_namespace, _, name = locator.partition("/")
    if not kind and name and of_namespace == namespace and secret.origin.key:
        return SecretReference(variable=secret.name, secret=name, key=secret.origin.key)
    return SecretReference(variable=secret.name, secret=fallback, key=secret.name)


def _name(project: "Project", settings: DeploySettings) -> str:
    name = settings.name or object_name_of(project.name)
    if not _SERVICE.fullmatch(name):
        hint = "set name in [tool.samestack.deploy]: small letters, digits and -, a letter first"
        raise RequestError(f"'{name}' can be the name of no service", hint=hint)
    return name


def _namespace(settings: DeploySettings, target: Target) -> str:
    """Where parity looks for it, else the environment's own, else everybody's."""
    own = settings.environments.get(target.environment, EnvironmentScale()).namespace
    told = _told_namespace(target.reference)
    if own and told and own != told:
        said = f"the environment '{target.environment}' is {target.reference}, and its namespace is '{own}'"
        hint = f"leave namespace out of [tool.samestack.deploy.environments.{target.environment}]"
        raise RequestError(said, hint=hint)
    return told or own or settings.namespace


def _told_namespace(reference: str) -> str:
    parsed = Reference.parse(reference) if reference else None
    if parsed is None or parsed.kind is not Kind.KUBERNETES:
        return ""
    from samestack.capture.kubernetes.address import address

    return address(parsed.locator).namespace


def _lock_table(project: "Project") -> LockTable:
    lock = find_lock(project)
    if lock is None:
        hint = "samestack lock makes one"
        raise RequestError(f"{project.directory}: there is no lock, and so no stack to deploy", hint=hint)
    return table_of(lock)


def _platform(table: LockTable) -> str:
    """The lock's only one that images are for, or else the one of most clusters."""
    known = [one for one in (*table.platforms, *table.digests) if one.startswith("linux-")]
    return _LINUX if _LINUX in known or not known else known[0]


def _owner(project: "Project", of_image: ImageSettings) -> tuple[int, int]:
    """Who runs the program, as numbers; without a group, the user's own number is taken for it."""
    user, _, group = of_image.user.partition(":")
    if not (user.isdecimal() and (group or user).isdecimal()) or int(user) == 0:
        file = str(project.directory / project.file)
        hint = 'write numbers that are not 0, as "10001:10001"'
        message = f"Kubernetes cannot prove that '{of_image.user[:40]}' is not root"
        raise InputError(file, message, place=f"{IMAGE_PLACE}.user", hint=hint)
    return int(user), int(group or user)


def _health(settings: DeploySettings, of_image: HealthSettings) -> Health:
    said = settings.probes
    values: Mapping[str, tuple[int | None, int]] = {
        "interval": (said.seconds, of_image.interval),
        "timeout": (said.timeout, of_image.timeout),
        "start": (said.start, of_image.start_period),
        "failures": (said.failures, of_image.retries),
    }
    chosen = dict(_chosen(values))
    return Health(path=said.path, command=() if said.path else of_image.command, **chosen)


def _chosen(values: Mapping[str, tuple[int | None, int]]) -> Iterator[tuple[str, int]]:
    for key, (said, otherwise) in values.items():
        yield key, otherwise if said is None else said
