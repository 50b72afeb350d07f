"""Where images stand: what every layout, archive, registry and engine can be asked, and be told.

A reader asks a :class:`Source`; a builder or a copy fills a :class:`Destination`. Each kind of place is one
file or folder beside this one.
"""

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import BinaryIO, Protocol, TypeAlias

from msgspec import Struct

from samestack.oci.documents import Descriptor, ImageConfig, Manifest
from samestack.oci.platform import Platform


class Source(Protocol):
    """Images to be read. Nothing of it is trusted: every answer is checked against its digest."""

    def described(self, version: str) -> Descriptor:
        """The manifest or index that a tag or a digest names; an empty version is the only or ``latest`` one.

        :class:`RequestError` where there is none, naming those that there are.
        """

    def document(self, descriptor: Descriptor) -> bytes:
        """A manifest, an index or a configuration, whole; its digest has been checked."""

    def blob(self, descriptor: Descriptor) -> BinaryIO:
        """A layer, to be read once from its beginning; its digest is checked at its end (CheckedReader)."""

    def referrers(self, digest: str) -> tuple[Descriptor, ...]:
        """What refers to a manifest: signatures, bills of material. Nothing where the place knows none."""

    def shown(self) -> str:
        """How a user would name this place, without any credential."""


class Blob(Struct, frozen=True, kw_only=True):
    """Content that a destination may want: it is opened only where it is not there already."""

    descriptor: Descriptor
    open: Callable[[], BinaryIO]
    """The content from its beginning, as often as asked: a transfer may have to begin again."""
    origin: str = ""
    """A repository of the same registry that has it (``team/base``), so that it need not be moved."""


class Destination(Protocol):
    """A place that images are written to. Whatever happens, what stood there before still stands."""

    def has(self, descriptor: Descriptor) -> bool:
        """Whether the content is there already."""

    def add(self, blob: Blob) -> bool:
        """Bring the content there; whether any of it had to be moved."""

    def add_document(self, data: bytes, descriptor: Descriptor) -> None:
        """Bring a manifest or an index there, once everything that it names is there."""

    def name(self, descriptor: Descriptor, tag: str) -> None:
        """Give a manifest or an index a tag, as the last thing: until then nobody sees the image."""


Opened: TypeAlias = AbstractContextManager[Destination]
"""A destination for the time of one writing: what is left of an abandoned one is removed at its end."""


class Image(Struct, frozen=True, kw_only=True):
    """One image for one platform, as far as its documents tell; its layers are read from ``source``."""

    shown: str
    """How a user would name it."""
    descriptor: Descriptor
    """Of the manifest."""
    manifest: Manifest
    config: ImageConfig
    source: Source

    @property
    def platform(self) -> Platform:
        """The machine that it is for."""
        return self.config.platform
