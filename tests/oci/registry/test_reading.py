"""Images that are read from a registry; how a real one does it stands in ``tests/services``."""

import pytest

from samestack.errors import InputError, OutsideError, RequestError
from samestack.oci.documents import INDEX, MANIFEST, Descriptor
from samestack.oci.registry.credentials import Credential
from tests.oci.registry.clients import put, source_of
from tests.oci.registry.memory_registry import MemoryRegistry, serving
from tests.oci.registry.opaque_images import blob, opaque_image

IMAGE = opaque_image(b"base", b"wheels" * 1000)


def test_a_tag_and_a_digest_name_the_same(registry: MemoryRegistry) -> None:
    put(registry, IMAGE, "1.0")
    digest = IMAGE.descriptor.digest
    with source_of(registry, "1.0") as source:
        assert source.described("").digest == source.described("1.0").digest == digest
        assert source.described(digest).digest == digest
        assert source.document(IMAGE.descriptor) == IMAGE.documents[digest][1]
    with source_of(registry, digest) as source:
        assert source.described("").digest == digest


def test_what_was_just_described_is_not_asked_for_again(registry: MemoryRegistry) -> None:
    put(registry, IMAGE, "1.0")
    with source_of(registry, "1.0") as source:
        source.document(source.described(""))
    assert len(registry.asked) == 1


def test_what_is_not_there_is_said_with_what_is(registry: MemoryRegistry) -> None:
    put(registry, IMAGE, "1.0")
    with source_of(registry) as source, pytest.raises(RequestError, match="has no latest") as caught:
        source.described("")
    assert caught.value.hint == "there are: 1.0"


def test_layers_and_configurations_are_read(registry: MemoryRegistry) -> None:
    put(registry, IMAGE, "1.0")
    with source_of(registry) as source:
        for digest, data in IMAGE.blobs.items():
            descriptor = Descriptor(media_type="text/plain", digest=digest, size=len(data))
            with source.blob(descriptor) as stream:
                assert stream.read() == data
            assert source.document(descriptor) == data


def test_what_has_another_digest_is_refused(registry: MemoryRegistry) -> None:
    put(registry, IMAGE, "1.0")
    layer, digest = blob(b"base"), IMAGE.descriptor.digest
    registry.blobs[layer.digest] = b"lies"
    registry.manifests[digest] = (MANIFEST, registry.manifests[digest][1] + b" ")
    with source_of(registry) as source:
        with source.blob(layer) as stream, pytest.raises(InputError, match="not what its digest says"):
            stream.read()
        with pytest.raises(InputError, match="not what its digest says"):
            source.described(digest)
        with pytest.raises(InputError, match="not what its digest says"):
            source.document(IMAGE.descriptor)


def test_what_is_longer_than_was_said_is_refused(registry: MemoryRegistry) -> None:
    layer = blob(b"base")
    registry.blobs[layer.digest] = b"base and more"
    with (
        source_of(registry) as source,
        source.blob(layer) as stream,
        pytest.raises(InputError, match="longer"),
    ):
        stream.read()


@pytest.mark.parametrize(
    ("kind", "data"),
    [
        (INDEX, b'{"mediaType":"%s"}' % MANIFEST.encode()),
        ("application/vnd.docker.distribution.manifest.v1+prettyjws", b"{}"),
        ("text/html", b"<html>"),
        (MANIFEST, b"[]"),
        (MANIFEST, b"[" * 100_000),
    ],
)
def test_what_is_no_manifest_is_refused(registry: MemoryRegistry, kind: str, data: bytes) -> None:
    registry.tags["1.0"] = "sha256:any"
    registry.manifests["sha256:any"] = (kind, data)
    with source_of(registry) as source, pytest.raises(InputError):
        source.described("1.0")


def test_a_document_has_a_largest_size(registry: MemoryRegistry) -> None:
    registry.tags["1.0"] = "sha256:any"
    registry.manifests["sha256:any"] = (MANIFEST, b"{}" + b" " * (9 << 20))
    with source_of(registry) as source, pytest.raises(OutsideError, match="more than"):
        source.described("1.0")


def test_whoever_is_pointed_to_does_not_see_who_we_are(registry: MemoryRegistry) -> None:
    """Registries keep their blobs at others, which get no token of theirs."""
    put(registry, IMAGE, "1.0")
    with serving(MemoryRegistry()) as other:
        registry.wants_token = True
        # Another name of this machine, and so another host.
        registry.blobs_elsewhere = other.address.replace("127.0.0.1", "localhost")
        other.blobs.update(registry.blobs)
        credential = Credential(user="ada", password="swordfish")
        with source_of(registry, credential=credential) as source, source.blob(blob(b"base")) as stream:
            assert stream.read() == b"base"
        assert any(said.startswith("Bearer ") for _, said in registry.authorizations)
        assert [said for _, said in other.authorizations] == [""]


def test_whoever_is_pointed_to_gets_no_credential_for_asking(registry: MemoryRegistry) -> None:
    with serving(MemoryRegistry()) as other:
        other.wants_token = True
        registry.blobs_elsewhere = other.address.replace("127.0.0.1", "localhost")
        put(registry, IMAGE)
        credential = Credential(user="ada", password="swordfish")
        with (
            source_of(registry, credential=credential) as source,
            source.blob(blob(b"base")) as stream,
            pytest.raises(OutsideError, match="401"),
        ):
            stream.read()
        assert "GET /token" not in other.asked + registry.asked


def test_whoever_points_back_at_itself_is_not_followed_for_ever(registry: MemoryRegistry) -> None:
    put(registry, IMAGE)
    registry.blobs_elsewhere = registry.address
    with (
        source_of(registry) as source,
        source.blob(blob(b"base")) as stream,
        pytest.raises(OutsideError, match="again and again"),
    ):
        stream.read()
    assert len(registry.asked) == 6
