"""What is to be built, and what was."""

from collections.abc import Mapping

from msgspec import Struct

from samestack.image.settings import ImageSettings
from samestack.lock.decision import Lock
from samestack.oci.documents import Descriptor
from samestack.oci.platform import Platform
from samestack.project.manifest import Project


class BuildRequest(Struct, frozen=True, kw_only=True):
    """An image of a project."""

    project: Project
    lock: Lock
    settings: ImageSettings
    platforms: tuple[Platform, ...]
    environment: Mapping[str, str]
    """The variables of this process: where caches are, SOURCE_DATE_EPOCH."""
    python: str
    """The series of Python."""
    previous: str = ""
    """An image whose layers may be taken over, beside the one that the new one replaces."""
    from_previous: bool = True
    """Whether layers may be taken over from images at all."""


class BuiltLayer(Struct, frozen=True, kw_only=True):
    """One layer of the image."""

    kind: str
    title: str
    digest: str
    size: int
    """Bytes, compressed."""
    was_written: bool
    """Just now; else it was found."""
    was_moved: bool
    """To the destination; else it was there."""


class BuiltImage(Struct, frozen=True, kw_only=True):
    """The image for one platform."""

    platform: Platform
    descriptor: Descriptor
    layers: tuple[BuiltLayer, ...]


class Built(Struct, frozen=True, kw_only=True):
    """All that was built."""

    descriptor: Descriptor
    """Of the manifest, or of the index of several platforms."""
    images: tuple[BuiltImage, ...]
    output: str
    """How the user named it."""
    remarks: tuple[str, ...] = ()
    """What was noticed, in a sentence each."""
