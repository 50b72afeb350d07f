"""What an engine tells of an image or a container, as far as it is needed here."""

from typing import Any, TypeVar

import msgspec
from msgspec import Struct

from samestack.errors import OutsideError
from samestack.oci.platform import Platform

_Details = TypeVar("_Details", bound=Struct)


class ImageDetails(Struct, frozen=True, kw_only=True, rename="pascal"):
    """An image that an engine has."""

    id: str
    """Of its configuration, or, with containerd's store, of its manifest."""
    repo_tags: tuple[str, ...] | None = None
    repo_digests: tuple[str, ...] | None = None
    """``NAME@sha256:...`` of each registry that it came from."""
    architecture: str = ""
    os: str = ""
    variant: str = ""

    @property
    def platform(self) -> Platform:
        """The machine that it is for."""
        return Platform(os=self.os, architecture=self.architecture, variant=self.variant)


class ContainerSettings(Struct, frozen=True, kw_only=True, rename="pascal"):
    """What a container's program was given."""

    env: tuple[str, ...] | None = None
    """``NAME=value`` each. It may hold secrets: nothing of it is shown."""
    user: str = ""
    working_dir: str = ""


class ContainerDetails(Struct, frozen=True, kw_only=True, rename="pascal"):
    """A container that an engine has."""

    id: str
    image: str
    """The ID of its image."""
    config: ContainerSettings = ContainerSettings()


def read_details(output: str, kind: type[_Details], *, where: str) -> _Details:
    """The first of what ``inspect`` lists; :class:`OutsideError` for an answer of another shape."""
    try:
        documents: list[Any] = msgspec.json.decode(output, type=list[Any])
        return msgspec.convert(documents[0], kind)
    except (msgspec.DecodeError, msgspec.ValidationError, IndexError) as error:
        raise OutsideError(f"{where}: the engine answers something unknown: {error}") from None
