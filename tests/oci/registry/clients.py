"""Clients of the registry in memory, that never really wait."""

import contextlib
from collections.abc import Iterator

from samestack.oci.image_name import ImageName
from samestack.oci.registry.credentials import Credential
from samestack.oci.registry.destination import RegistryDestination
from samestack.oci.registry.exchange import Exchange
from samestack.oci.registry.hosts import RegistryHost
from samestack.oci.registry.patience import Patience
from samestack.oci.registry.repository import Repository
from samestack.oci.registry.source import RegistrySource
from tests.oci.registry.memory_registry import MemoryRegistry
from tests.oci.registry.opaque_images import OpaqueImage

NAME = "team/agent"


def patience(waits: list[float] | None = None, *, silence: float = 5.0) -> Patience:
    """One that notes how long it would have waited."""
    noted: list[float] = [] if waits is None else waits
    return Patience(silence=silence, sleep=noted.append)


def client(
    host: str,
    *,
    waits: list[float] | None = None,
    actions: str = "pull,push",
    chunk: int = 1 << 20,
    credential: Credential | None = None,
) -> Repository:
    exchange = Exchange(
        RegistryHost(name=host), patience=patience(waits), credential=lambda _host: credential
    )
    return Repository(exchange, NAME, actions=actions, chunk=chunk)


@contextlib.contextmanager
def source_of(registry: MemoryRegistry, version: str = "", **more: object) -> Iterator[RegistrySource]:
    repository = client(registry.host, actions="pull", **more)  # type: ignore[arg-type]
    tag = "" if version.startswith("sha256:") else version
    digest = version if version.startswith("sha256:") else ""
    name = ImageName(host=registry.host, repository=NAME, tag=tag, digest=digest)
    try:
        yield RegistrySource(repository, name)
    finally:
        repository.exchange.close()


@contextlib.contextmanager
def destination_in(registry: MemoryRegistry, **more: object) -> Iterator[RegistryDestination]:
    repository = client(registry.host, **more)  # type: ignore[arg-type]
    try:
        yield RegistryDestination(repository)
    finally:
        repository.exchange.close()


def put(registry: MemoryRegistry, image: OpaqueImage, tag: str = "") -> None:
    """The image stands in the registry."""
    registry.blobs.update(image.blobs)
    registry.manifests.update(image.documents)
    if tag:
        registry.tags[tag] = image.descriptor.digest
