"""What refers to an image, where the registry knows of it and where it does not."""

import json

import pytest

from samestack.oci.documents import MANIFEST
from tests.oci.registry.clients import destination_in, put, source_of
from tests.oci.registry.memory_registry import MemoryRegistry
from tests.oci.registry.opaque_images import OpaqueImage, opaque_image

IMAGE = opaque_image(b"base")


def referring(text: bytes) -> OpaqueImage:
    return opaque_image(
        text, subject=IMAGE.descriptor, artifact_type="application/x.test", annotations={"of": "test"}
    )


def add(registry: MemoryRegistry, one: OpaqueImage) -> None:
    with destination_in(registry) as destination:
        destination.add_document(one.documents[one.descriptor.digest][1], one.descriptor)


@pytest.mark.parametrize("knows_referrers", [True, False])
def test_what_refers_to_an_image_is_found(registry: MemoryRegistry, knows_referrers: bool) -> None:  # noqa: FBT001
    registry.knows_referrers = knows_referrers
    put(registry, IMAGE, "1.0")
    with source_of(registry) as source:
        assert source.referrers(IMAGE.descriptor.digest) == ()
    for text in (b"a", b"b", b"c"):
        add(registry, referring(text))
    with source_of(registry) as source:
        found = source.referrers(IMAGE.descriptor.digest)
    assert {one.digest for one in found} == {referring(text).descriptor.digest for text in (b"a", b"b", b"c")}
    assert bool(registry.tags.keys() - {"1.0"}) is not knows_referrers


def test_the_tag_that_lists_them_says_what_they_are(registry: MemoryRegistry) -> None:
    registry.knows_referrers = False
    add(registry, referring(b"a"))
    add(registry, referring(b"a"))
    tag = IMAGE.descriptor.digest.replace(":", "-")
    (listed,) = json.loads(registry.manifests[registry.tags[tag]][1])["manifests"]
    assert listed == {
        "mediaType": MANIFEST,
        "digest": referring(b"a").descriptor.digest,
        "size": referring(b"a").descriptor.size,
        "artifactType": "application/x.test",
        "annotations": {"of": "test"},
    }


def test_what_others_wrote_into_the_tag_stays(registry: MemoryRegistry) -> None:
    registry.knows_referrers = False
    add(registry, referring(b"a"))
    tag = IMAGE.descriptor.digest.replace(":", "-")
    kind, data = registry.manifests[registry.tags[tag]]
    index = json.loads(data)
    index["manifests"][0]["data"] = "eHl6"
    index["x-other"] = 1
    registry.manifests[registry.tags[tag]] = (kind, json.dumps(index).encode())
    add(registry, referring(b"b"))
    grown = json.loads(registry.manifests[registry.tags[tag]][1])
    assert grown["x-other"] == 1
    assert grown["manifests"][0]["data"] == "eHl6"
    assert len(grown["manifests"]) == 2
