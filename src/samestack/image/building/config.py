"""What an image says of itself: its configuration, its labels, and the annotations of its manifest."""

from collections.abc import Iterable, Mapping
from typing import Final

from msgspec import Struct, structs

from samestack.image.building.origin import Origin
from samestack.image.settings import HealthSettings, ImageSettings
from samestack.oci.documents import Execution, HealthCheck, History, ImageConfig, RootFilesystem

STACK_DIGEST: Final = "dev.samestack.stack.digest"
LOCK_DIGEST: Final = "dev.samestack.lock.digest"
_TOLD: Final = {STACK_DIGEST: "SAMESTACK_STACK_DIGEST", LOCK_DIGEST: "SAMESTACK_LOCK_DIGEST"}
"""Labels that a program in a container cannot read, as the variables by which it knows them."""
_STANDARD: Final = "org.opencontainers.image."
CREATED: Final = f"{_STANDARD}created"
_NANOSECONDS: Final = 1_000_000_000
_PATH: Final = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"


class Described(Struct, frozen=True, kw_only=True):
    """What labels and annotations tell."""

    title: str = ""
    version: str = ""
    origin: Origin = Origin()
    base_name: str = ""
    base_digest: str = ""
    stack_digest: str = ""
    lock_digest: str = ""


class Stacked(Struct, frozen=True, kw_only=True):
    """A layer as the configuration knows it."""

    diff_id: str
    title: str
    history: History | None = None
    """Of a base's layer, its own."""


def labels_of(described: Described, settings: ImageSettings) -> dict[str, str]:
    """The labels; those of the settings go before ours, but for what samestack vouches for."""
    said = {
        f"{_STANDARD}title": described.title,
        f"{_STANDARD}version": described.version,
        CREATED: described.origin.created,
        f"{_STANDARD}revision": described.origin.revision,
        f"{_STANDARD}base.name": described.base_name,
        f"{_STANDARD}base.digest": described.base_digest,
    }
    vouched = {STACK_DIGEST: described.stack_digest, LOCK_DIGEST: described.lock_digest}
    return {key: value for key, value in {**said, **settings.labels, **vouched}.items() if value}


def told_variables(labels: Mapping[str, str]) -> dict[str, str]:
    """What the labels vouch for, for the program in the container: :mod:`samestack.runtime` reports it."""
    return {name: labels[label] for label, name in _TOLD.items() if label in labels}


def image_config(
    base: ImageConfig,
    layers: Iterable[Stacked],
    settings: ImageSettings,
    labels: Mapping[str, str],
) -> ImageConfig:
    """The configuration; ``base`` is that of what lies below, as far as nothing here says otherwise."""
    stacked = tuple(layers)
    created = labels.get(CREATED, "")
    return ImageConfig(
        architecture=base.architecture,
        os=base.os,
        variant=base.variant,
        created=created,
        rootfs=RootFilesystem(diff_ids=tuple(one.diff_id for one in stacked)),
        config=_execution(base.config, settings, labels),
        history=tuple(_history(one, created) for one in stacked),
    )


def _history(layer: Stacked, created: str) -> History:
    return layer.history or History(created=created, created_by=f"samestack image build: {layer.title}")


def _execution(base: Execution, settings: ImageSettings, labels: Mapping[str, str]) -> Execution:
    exposed = {f"{port}/tcp": dict[str, str]() for port in settings.ports}
    entrypoint, command = _program(base, settings)
    return structs.replace(
        base,
        user=settings.user,
        env=_environment(base.env, settings, labels),
        entrypoint=entrypoint,
        cmd=command,
        working_dir=settings.working_directory,
        labels={**(base.labels or {}), **labels},
        exposed_ports={**(base.exposed_ports or {}), **exposed} or None,
        healthcheck=_health(settings.health) or base.healthcheck,
    )


def _program(
    base: Execution, settings: ImageSettings
) -> tuple[tuple[str, ...] | None, tuple[str, ...] | None]:
    """What starts: ours, else the base's, else a Python. An entry point never gets another's arguments."""
    if settings.entrypoint or settings.command:
        return settings.entrypoint or None, settings.command or None
    if base.entrypoint or base.cmd:
        return base.entrypoint, base.cmd
    return None, ("python",)


def _environment(
    inherited: Iterable[str], settings: ImageSettings, labels: Mapping[str, str]
) -> tuple[str, ...]:
    known = dict(one.partition("=")[::2] for one in inherited)
    path = f"{settings.prefix}/bin:{known.get('PATH') or _PATH}"
    own = {"PATH": path, "VIRTUAL_ENV": settings.prefix}
    merged = {**known, **own, **settings.environment, **told_variables(labels)}
    return tuple(f"{name}={value}" for name, value in merged.items())


def _health(health: HealthSettings | None) -> HealthCheck | None:
    if health is None or not health.command:
        return None
    return HealthCheck(
        test=("CMD", *health.command),
        interval=health.interval * _NANOSECONDS,
        timeout=health.timeout * _NANOSECONDS,
        start_period=health.start_period * _NANOSECONDS,
        retries=health.retries,
    )
