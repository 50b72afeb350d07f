"""What belongs to an image, and how it is brought from one place to another."""

import io
import threading
from collections.abc import Mapping
from pathlib import Path
from typing import Any, BinaryIO

import pytest

from samestack.errors import InputError, OutsideError, RequestError
from samestack.oci.carrying import origin_of
from samestack.oci.copying import copy
from samestack.oci.documents import INDEX, Descriptor, Index, described, document_bytes, read_document
from samestack.oci.layout.files import DirectoryFiles
from samestack.oci.layout.source import LayoutSource
from samestack.oci.layout.writing import writing_layout
from samestack.oci.places import Blob
from samestack.oci.platform import AMD64, ARM64, Platform
from samestack.oci.selecting import select
from samestack.progress import Reporter
from tests.oci.registry.opaque_images import OpaqueImage, blob, opaque_image, opaque_index


class OpaqueSource:
    """A source that holds what a test gives it."""

    def __init__(
        self, image: OpaqueImage, referrers: Mapping[str, tuple[Descriptor, ...]] | None = None
    ) -> None:
        self.image = image
        self._referrers = referrers or {}

    def described(self, version: str) -> Descriptor:  # noqa: ARG002 - as every source has it
        return self.image.descriptor

    def document(self, descriptor: Descriptor) -> bytes:
        found = self.image.documents.get(descriptor.digest)
        return found[1] if found else self.image.blobs[descriptor.digest]

    def blob(self, descriptor: Descriptor) -> BinaryIO:
        return io.BytesIO(self.image.blobs[descriptor.digest])

    def referrers(self, digest: str) -> tuple[Descriptor, ...]:
        return self._referrers.get(digest, ())

    def shown(self) -> str:
        return "a test's own"


TWO = opaque_index(opaque_image(b"base", b"amd"), opaque_image(b"base", b"arm", platform=ARM64))


def joined(image: OpaqueImage, *more: OpaqueImage) -> OpaqueImage:
    """One source of all of them, which is asked for the first."""
    return OpaqueImage(
        descriptor=image.descriptor,
        documents={key: one for each in (image, *more) for key, one in each.documents.items()},
        blobs={key: one for each in (image, *more) for key, one in each.blobs.items()},
    )


def test_what_two_images_share_is_there_once() -> None:
    selected = select(OpaqueSource(TWO), "")
    assert selected.root == TWO.descriptor
    assert {part.descriptor.digest for part in selected.parts} == set(TWO.blobs)
    assert len(selected.parts) == 5
    assert [one.descriptor.media_type for one in selected.documents][-1] == INDEX


def test_several_of_its_platforms_are_an_index_of_their_own() -> None:
    other = Platform(os="linux", architecture="s390x")
    three = opaque_index(*map(_layered, (AMD64, ARM64, other)))
    selected = select(OpaqueSource(three), "", [AMD64, other])
    assert selected.root.digest != three.descriptor.digest
    index = read_document(selected.documents[-1].data, Index, where="test")
    assert [one.platform for one in index.manifests] == [AMD64, other]
    assert selected.root.digest == described(index, INDEX).digest


def _layered(platform: Platform) -> OpaqueImage:
    return opaque_image(str(platform).encode(), platform=platform)


def test_all_of_its_platforms_are_the_index_itself() -> None:
    assert select(OpaqueSource(TWO), "", [ARM64, AMD64]).root == TWO.descriptor


def test_a_platform_that_it_is_not_for_is_refused_with_those_that_it_is_for() -> None:
    for image, there in ((TWO, "linux/amd64, linux/arm64"), (opaque_image(b"x"), "linux/amd64")):
        with pytest.raises(RequestError, match="is not for linux/s390x") as caught:
            select(OpaqueSource(image), "", [Platform(os="linux", architecture="s390x")])
        assert caught.value.hint == f"it is for {there}"


def test_what_refers_to_it_comes_after_it_and_with_what_refers_to_that() -> None:
    image = opaque_image(b"x")
    bill = opaque_image(b"bill", subject=image.descriptor)
    signature = opaque_image(b"signature", subject=bill.descriptor)
    referrers = {
        image.descriptor.digest: (bill.descriptor,),
        # Whoever refers in a circle is not followed round and round.
        bill.descriptor.digest: (signature.descriptor, bill.descriptor, image.descriptor),
    }
    selected = select(OpaqueSource(joined(image, bill, signature), referrers), "")
    order = [one.descriptor.digest for one in selected.documents]
    assert order == [one.descriptor.digest for one in (image, bill, signature)]


def test_documents_that_never_end_are_refused() -> None:
    nested = opaque_index(opaque_image(b"x"))
    for _ in range(20):
        nested = opaque_index(nested)
    with pytest.raises(InputError, match="too many documents"):
        select(OpaqueSource(nested), "")


@pytest.mark.parametrize("kind", ["text/html", "application/vnd.oci.image.layer.v1.tar"])
def test_what_is_listed_and_no_image_is_refused(kind: str) -> None:
    index = Index(schema_version=2, manifests=(blob(b"x", kind),))
    descriptor = described(index, INDEX)
    image = OpaqueImage(
        descriptor=descriptor,
        documents={descriptor.digest: (INDEX, document_bytes(index))},
        blobs={blob(b"x").digest: b"x"},
    )
    with pytest.raises(InputError, match=f"a '{kind}' is no image"):
        select(OpaqueSource(image), "")


@pytest.mark.parametrize(
    ("shown", "base", "origin"),
    [
        ("registry:registry.example.com/team/a", "", "team/a"),
        ("registry:registry.example.com/team/a", "registry.example.com/team/base:12", "team/a"),
        ("build/layout", "registry.example.com/team/base:12", "team/base"),
        ("registry:other.example.com/team/a", "registry.example.com/team/base:12", "team/base"),
        ("registry:other.example.com/team/a", "other.example.com/team/base:12", ""),
        ("build/layout", "debian:bookworm", ""),
        ("build/layout", "", ""),
    ],
)
def test_where_a_registry_has_a_layer_already(shown: str, base: str, origin: str) -> None:
    assert origin_of(shown, base, "registry.example.com") == origin


def test_who_copies_to_no_registry_mounts_nothing() -> None:
    assert origin_of("build/layout", "", "") == ""


def test_progress_is_told_in_layers_and_in_bytes(tmp_path: Path) -> None:
    told: list[Any] = []

    class Noting(Reporter):
        def started(self, work: str, total: int | None = None) -> None:
            told.append((work, total))

        def advanced(self, detail: str, steps: int = 1) -> None:
            told.append((detail, steps))

        def finished(self) -> None:
            told.append("finished")

    image = opaque_image(b"x" * 2_000_000, b"y")
    with writing_layout(tmp_path / "there") as destination:
        copied = copy(OpaqueSource(image), "", destination, "1.0", reporter=Noting())
    assert told[0] == ("copying a test's own", 3)
    assert told[-1] == "finished"
    assert sum(steps for _, steps in told[1:-1]) == 3
    assert told[-2][0] == "2.0 MB"
    assert (copied.moved.blobs, copied.moved.bytes) == (3, sum(map(len, image.blobs.values())))
    assert LayoutSource(DirectoryFiles(tmp_path / "there")).described("1.0").digest == image.descriptor.digest


class FullDisk:
    """A destination whose first blob does not fit, while the others go on and on."""

    def __init__(self) -> None:
        self.begun: list[str] = []
        self.ended: list[str] = []
        self._others = threading.Barrier(4, timeout=20)

    def has(self, descriptor: Descriptor) -> bool:  # noqa: ARG002 - as every destination has it
        return False

    def add(self, given: Blob) -> bool:
        self.begun.append(given.descriptor.digest)
        is_first = self._others.wait() == 0
        if is_first:
            raise OutsideError("the disk is full")
        try:
            while True:
                with given.open() as stream:
                    stream.read()
        except OutsideError as error:
            self.ended.append(str(error))
            raise

    def add_document(self, data: bytes, descriptor: Descriptor) -> None:
        raise AssertionError(f"a manifest is written: {descriptor} {data!r}")

    def name(self, descriptor: Descriptor, tag: str) -> None:
        raise AssertionError(f"a tag is written: {descriptor} {tag}")


def test_a_blob_that_cannot_be_brought_ends_it_all_without_a_tag() -> None:
    """What is under way ends early, and what has not begun never does."""
    image = opaque_image(*(bytes([one]) * 1000 for one in range(12)))
    destination = FullDisk()
    with pytest.raises(OutsideError, match="the disk is full"):
        copy(OpaqueSource(image), "", destination, "1.0")
    assert len(destination.begun) == 4
    assert destination.ended == ["the copy has ended"] * 3
