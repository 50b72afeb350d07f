"""Making a source or a destination of a registry."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from samestack.libraries import library
from samestack.oci.image_name import ImageName
from samestack.oci.registry.hosts import RegistryHost, repository_in

if TYPE_CHECKING:
    from samestack.oci.registry.destination import RegistryDestination
    from samestack.oci.registry.patience import Patience
    from samestack.oci.registry.repository import Repository
    from samestack.oci.registry.source import RegistrySource


def registry_source(
    name: ImageName, *, is_insecure: bool = False, patience: "Patience | None" = None
) -> "RegistrySource":
    """The repository of a name, to be read; what is asked for without a version is the version of the name.

    Nothing is asked of the registry yet.
    """
    _check_library()
    from samestack.oci.registry.source import RegistrySource

    return RegistrySource(_repository(name, "pull", patience, is_insecure=is_insecure), name)


@contextmanager
def opened_destination(
    name: ImageName, *, is_insecure: bool = False, patience: "Patience | None" = None
) -> "Iterator[RegistryDestination]":
    """The repository of a name, to be written to; what was only begun is taken back."""
    _check_library()
    from samestack.oci.registry.destination import RegistryDestination

    repository = _repository(name, "pull,push", patience, is_insecure=is_insecure)
    try:
        yield RegistryDestination(repository)
    finally:
        repository.exchange.close()


def _repository(
    name: ImageName, actions: str, patience: "Patience | None", *, is_insecure: bool
) -> "Repository":
    from samestack.oci.registry.exchange import Exchange
    from samestack.oci.registry.repository import Repository

    host = RegistryHost(name=name.host, is_insecure=is_insecure)
    return Repository(Exchange(host, patience=patience), repository_in(name), actions=actions)


def _check_library() -> None:
    library("httpx", "speaking with a registry", extra="image")
