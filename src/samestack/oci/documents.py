"""What an image consists of: an index of platforms, a manifest of layers, a configuration.

Names are those of the OCI image specification 1.1; Docker's manifests of schema 2 read the same. Every
document is read with a limit of size, and written with sorted keys, so that equal values are equal bytes.
"""

from collections.abc import Mapping
from typing import Any, Final, TypeVar

import msgspec
from msgspec import Struct, field

from samestack.errors import InputError
from samestack.oci.digests import digest_of, is_digest
from samestack.oci.platform import Platform

MAX_DOCUMENT_BYTES: Final = 8 << 20
"""The largest manifest, index or configuration that is read; registries allow 4 MiB."""
MAX_LAYERS: Final = 1000

INDEX: Final = "application/vnd.oci.image.index.v1+json"
MANIFEST: Final = "application/vnd.oci.image.manifest.v1+json"
CONFIG: Final = "application/vnd.oci.image.config.v1+json"
LAYER_GZIP: Final = "application/vnd.oci.image.layer.v1.tar+gzip"
LAYER_TAR: Final = "application/vnd.oci.image.layer.v1.tar"
LAYER_ZSTD: Final = "application/vnd.oci.image.layer.v1.tar+zstd"
EMPTY: Final = "application/vnd.oci.empty.v1+json"
DOCKER_INDEX: Final = "application/vnd.docker.distribution.manifest.list.v2+json"
DOCKER_MANIFEST: Final = "application/vnd.docker.distribution.manifest.v2+json"
DOCKER_CONFIG: Final = "application/vnd.docker.container.image.v1+json"
DOCKER_LAYER: Final = "application/vnd.docker.image.rootfs.diff.tar.gzip"

_Document = TypeVar("_Document", bound=Struct)

INDEXES: Final = (INDEX, DOCKER_INDEX)
MANIFESTS: Final = (MANIFEST, DOCKER_MANIFEST)


class Descriptor(Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel"):
    """What something is, what it is called and how long it is, without the thing itself."""

    media_type: str
    digest: str
    size: int
    """Bytes."""
    platform: Platform | None = None
    artifact_type: str = ""
    annotations: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        # msgspec turns this into an error of the document, with the place in it.
        if not is_digest(self.digest):
            raise ValueError("it is no digest of SHA-256")
        if self.size < 0:
            raise ValueError("no size is negative")


class Manifest(Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel"):
    """One image for one platform, or an artifact that refers to one (``subject``)."""

    schema_version: int = field(name="schemaVersion")
    config: Descriptor
    layers: tuple[Descriptor, ...]
    media_type: str = field(default_factory=lambda: MANIFEST)
    """Always written, as the specification asks: a factory's value is not left out as a default."""
    artifact_type: str = ""
    subject: Descriptor | None = None
    annotations: Mapping[str, str] = field(default_factory=dict)


class Index(Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel"):
    """Several images or artifacts: one for each platform, what a layout holds, or what refers to an image."""

    schema_version: int = field(name="schemaVersion")
    manifests: tuple[Descriptor, ...]
    media_type: str = field(default_factory=lambda: INDEX)
    artifact_type: str = ""
    subject: Descriptor | None = None
    annotations: Mapping[str, str] = field(default_factory=dict)


class HealthCheck(Struct, frozen=True, kw_only=True, omit_defaults=True, rename="pascal"):
    """How an engine finds out whether the program still works. Docker's; the durations are nanoseconds."""

    test: tuple[str, ...] = ()
    interval: int = 0
    timeout: int = 0
    start_period: int = 0
    retries: int = 0


class Execution(Struct, frozen=True, kw_only=True, omit_defaults=True, rename="pascal"):
    """How a container of the image is run, where whoever runs it does not say otherwise."""

    user: str = ""
    env: tuple[str, ...] = ()
    """``NAME=value`` each."""
    entrypoint: tuple[str, ...] | None = None
    cmd: tuple[str, ...] | None = None
    working_dir: str = ""
    labels: Mapping[str, str] | None = None
    exposed_ports: Mapping[str, Mapping[str, str]] | None = None
    """``8000/tcp`` each, with an empty mapping."""
    volumes: Mapping[str, Mapping[str, str]] | None = None
    stop_signal: str = ""
    healthcheck: HealthCheck | None = None


class RootFilesystem(Struct, frozen=True, kw_only=True):
    """The layers by the digests of their uncompressed tar archives, the lowest first."""

    diff_ids: tuple[str, ...]
    type: str = "layers"


class History(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Where a layer came from; an ``empty_layer`` made none."""

    created: str = ""
    created_by: str = ""
    comment: str = ""
    empty_layer: bool = False


class ImageConfig(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The configuration of an image: what it is for, how it is run, and which layers it has."""

    architecture: str
    os: str
    rootfs: RootFilesystem
    variant: str = ""
    created: str = ""
    """RFC 3339."""
    author: str = ""
    config: Execution = Execution()
    history: tuple[History, ...] = ()

    @property
    def platform(self) -> Platform:
        """The machine that it is for."""
        return Platform(os=self.os, architecture=self.architecture, variant=self.variant)


def read_document(data: bytes, kind: type[_Document], *, where: str) -> _Document:
    """A document of a kind, in JSON; :class:`InputError` naming ``where`` and the place in it.

    Keys that are not known are passed over, as the specification asks; an explicit ``null`` counts as absent.
    """
    if len(data) > MAX_DOCUMENT_BYTES:
        raise InputError(where, f"a document of {len(data)} bytes is not read")
    try:
        return msgspec.convert(_without_nulls(msgspec.json.decode(data)), kind)
    except (msgspec.DecodeError, msgspec.ValidationError, UnicodeDecodeError, RecursionError) as error:
        raise InputError(where, f"it is no {kind.__name__} of an image: {error}") from None


def document_bytes(document: Struct) -> bytes:
    """A document as JSON: the same value is always the same bytes."""
    return msgspec.json.encode(document, order="sorted")


def described(document: Struct, media_type: str, **more: Any) -> Descriptor:  # noqa: ANN401 - as Descriptor has it
    """The descriptor of a document, as :func:`document_bytes` writes it."""
    data = document_bytes(document)
    return Descriptor(media_type=media_type, digest=digest_of(data), size=len(data), **more)


def _without_nulls(value: object) -> object:
    match value:
        case dict():
            return {key: _without_nulls(one) for key, one in value.items() if one is not None}
        case list():
            return [_without_nulls(one) for one in value]
        case _:
            return value
