"""Clients of the registries of the tests, that never really wait, and images for them."""

import io
import json
import os
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from samestack.oci.documents import Descriptor
from samestack.oci.image_name import ImageName
from samestack.oci.layout.files import DirectoryFiles
from samestack.oci.layout.source import LayoutSource
from samestack.oci.layout.writing import writing_layout
from samestack.oci.places import Blob
from samestack.oci.registry.destination import RegistryDestination
from samestack.oci.registry.exchange import Exchange
from samestack.oci.registry.hosts import RegistryHost
from samestack.oci.registry.patience import Patience
from samestack.oci.registry.repository import Repository
from samestack.oci.registry.source import RegistrySource
from tests.oci.registry.opaque_images import OpaqueImage, blob

CHUNK = 1 << 20
"""How much these clients upload in one request."""


@contextmanager
def client(
    host: str, name: str, *, waits: list[float] | None = None, silence: float = 20.0, whole: float = 300.0
) -> Iterator[Repository]:
    """A repository of a registry; ``waits`` is told how long it would have waited each time."""
    noted: list[float] = [] if waits is None else waits
    patience = Patience(silence=silence, whole=whole, sleep=noted.append)
    exchange = Exchange(RegistryHost(name=host), patience=patience)
    with closing(exchange):
        yield Repository(exchange, name, actions="pull,push", chunk=CHUNK)


@contextmanager
def destination(host: str, name: str, waits: list[float] | None = None) -> Iterator[RegistryDestination]:
    with client(host, name, waits=waits) as repository:
        yield RegistryDestination(repository)


@contextmanager
def source(
    host: str, name: str, waits: list[float] | None = None, *, silence: float = 20.0, whole: float = 300.0
) -> Iterator[RegistrySource]:
    with client(host, name, waits=waits, silence=silence, whole=whole) as repository:
        yield RegistrySource(repository, ImageName(host=host, repository=name))


def given(data: bytes, origin: str = "") -> Blob:
    return Blob(descriptor=blob(data), open=lambda: io.BytesIO(data), origin=origin)


def layout(directory: Path, image: OpaqueImage, tag: str, *more: OpaqueImage) -> LayoutSource:
    with writing_layout(directory) as there:
        for one in (image, *more):
            for data in one.blobs.values():
                there.add(given(data))
            for digest, (kind, data) in one.documents.items():
                there.add_document(data, Descriptor(media_type=kind, digest=digest, size=len(data)))
        there.name(image.descriptor, tag)
    return LayoutSource(DirectoryFiles(directory))


def unique(size: int) -> bytes:
    """Content that no other test has brought to the registry."""
    return os.urandom(size)


def read(host: str, name: str, descriptor: Descriptor) -> bytes:
    with source(host, name) as there, there.blob(descriptor) as stream:
        return stream.read()


def log_in(host: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As ``docker login`` leaves it, with a credential helper."""
    helper = tmp_path / "docker-credential-test"
    helper.write_text('#!/bin/sh\necho \'{"Username": "ada", "Secret": "swordfish"}\'\n')
    helper.chmod(0o755)
    (tmp_path / "config.json").write_text(json.dumps({"credHelpers": {host: "test"}}))
    monkeypatch.setenv("DOCKER_CONFIG", str(tmp_path))
    monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}{os.environ['PATH']}")


def bring(image: OpaqueImage, registry: RegistryDestination) -> tuple[bytes, Descriptor]:
    for data in image.blobs.values():
        registry.add(given(data))
    return image.documents[image.descriptor.digest][1], image.descriptor
