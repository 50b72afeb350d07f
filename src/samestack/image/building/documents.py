"""The documents of an image: its configuration, its manifest, and the index of several platforms."""

import io
from collections.abc import Iterable

from msgspec import Struct, field

from samestack.capture.documents import load_toml, read_bytes
from samestack.image.building.base_facts import noted
from samestack.image.building.config import Described, Stacked, image_config, labels_of
from samestack.image.building.making import Made
from samestack.image.building.origin import Origin
from samestack.image.building.request import BuildRequest
from samestack.lock.decision import Lock
from samestack.lock.platforms import marker_environment
from samestack.lock.selecting import locked_digest
from samestack.oci.digests import digest_of
from samestack.oci.documents import (
    CONFIG,
    INDEX,
    MANIFEST,
    Descriptor,
    ImageConfig,
    Index,
    Manifest,
    described,
    document_bytes,
)
from samestack.oci.places import Blob, Destination


class _Table(Struct):
    version: str = ""


class _Manifest(Struct):
    project: _Table = field(default_factory=_Table)


def add_manifest(made: Made, request: BuildRequest, origin: Origin, destination: Destination) -> Descriptor:
    """Bring the configuration and the manifest of one platform there; all its layers have to be."""
    labels = labels_of(_described(made, request, origin), request.settings)
    config = image_config(
        made.what.base.config,
        [Stacked(diff_id=one.diff_id, title=one.title, history=one.history) for one in made.layers],
        request.settings,
        labels,
    )
    manifest = Manifest(
        schema_version=2,
        config=_added(config, destination),
        layers=tuple(layer.blob.descriptor for layer in made.layers),
        annotations={**labels, **noted(made.what.base.python, made.what.base.glibc)},
    )
    descriptor = described(manifest, MANIFEST, platform=made.platform)
    destination.add_document(document_bytes(manifest), descriptor)
    return descriptor


def add_index(manifests: Iterable[Descriptor], destination: Destination) -> Descriptor:
    """Bring the index of several platforms there."""
    index = Index(schema_version=2, manifests=tuple(manifests))
    descriptor = described(index, INDEX)
    destination.add_document(document_bytes(index), descriptor)
    return descriptor


def _added(config: ImageConfig, destination: Destination) -> Descriptor:
    data, descriptor = document_bytes(config), described(config, CONFIG)
    destination.add(Blob(descriptor=descriptor, open=lambda: io.BytesIO(data)))
    return descriptor


def _described(made: Made, request: BuildRequest, origin: Origin) -> Described:
    lock = request.lock
    return Described(
        title=request.project.name,
        version=_version(request),
        origin=origin,
        base_name=made.what.base.name,
        base_digest=made.what.base.digest,
        stack_digest=_stack_digest(lock, made.platform.in_a_lock, request.python),
        lock_digest=digest_of(read_bytes(lock.path)),
    )


def _stack_digest(lock: Lock, platform: str, python: str) -> str:
    return lock.table.digests.get(platform) or locked_digest(lock, marker_environment(platform, python))


def _version(request: BuildRequest) -> str:
    if not request.project.file:
        return ""
    return load_toml(request.project.directory / request.project.file, _Manifest).project.version
