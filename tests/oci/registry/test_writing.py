"""Images that are written to a registry; how a real one does it stands in ``tests/services``."""

import io

import pytest

from samestack.errors import InputError, OutsideError
from samestack.oci.digests import CheckedReader
from samestack.oci.documents import MANIFEST, Descriptor
from samestack.oci.places import Blob
from samestack.oci.registry.credentials import Credential
from samestack.oci.registry.uploads import mount
from tests.oci.registry.clients import client, destination_in
from tests.oci.registry.memory_registry import PASSWORD, USER, MemoryRegistry, serving
from tests.oci.registry.opaque_images import blob, opaque_image

LARGE = bytes(range(256)) * (5 << 12)
"""Five chunks."""


def given(data: bytes, origin: str = "") -> Blob:
    return Blob(descriptor=blob(data), open=lambda: io.BytesIO(data), origin=origin)


def test_a_small_blob_takes_two_requests(registry: MemoryRegistry) -> None:
    with destination_in(registry) as destination:
        assert destination.add(given(b"small"))
        assert not destination.add(given(b"small"))
    assert registry.blobs == {blob(b"small").digest: b"small"}
    assert [one.partition(" ")[0] for one in registry.asked] == ["HEAD", "POST", "PUT", "HEAD"]


@pytest.mark.parametrize("data", [b"", b"x", LARGE, LARGE[:-1], LARGE + b"x", LARGE[: 1 << 20]])
def test_blobs_of_any_size_arrive(registry: MemoryRegistry, data: bytes) -> None:
    with destination_in(registry) as destination:
        assert destination.add(given(data))
    assert registry.blobs == {blob(data).digest: data}


def test_a_large_blob_goes_in_parts(registry: MemoryRegistry) -> None:
    with destination_in(registry) as destination:
        destination.add(given(LARGE))
    assert [one.partition(" ")[0] for one in registry.asked] == ["HEAD", "POST", *["PATCH"] * 4, "PUT"]


def test_a_registry_may_want_larger_parts(registry: MemoryRegistry) -> None:
    registry.least_chunk = 4 << 20
    with destination_in(registry) as destination:
        destination.add(given(LARGE))
    assert [one.partition(" ")[0] for one in registry.asked] == ["HEAD", "POST", "PATCH", "PUT"]


def test_an_upload_goes_on_from_where_it_broke_off(registry: MemoryRegistry) -> None:
    """Also in the midst of a part: the registry is asked how much it has."""
    registry.cut_after = [700_000, 0, 1]
    waits: list[float] = []
    with destination_in(registry, waits=waits) as destination:
        assert destination.add(given(LARGE))
    assert registry.blobs == {blob(LARGE).digest: LARGE}
    assert len(registry.asked) < 20
    assert [one for one in registry.asked if one.startswith("POST")] == registry.asked[1:2]
    assert waits == [1.0, 2.0, 4.0]


def test_an_upload_that_breaks_again_and_again_is_given_up_and_taken_back(registry: MemoryRegistry) -> None:
    registry.cut_after = [0] * 10
    waits: list[float] = []
    with (
        destination_in(registry, waits=waits) as destination,
        pytest.raises(OutsideError, match="connection was lost"),
    ):
        destination.add(given(LARGE))
    assert waits == [1.0, 2.0, 4.0, 8.0]
    assert not registry.blobs
    assert not registry.uploads


def test_an_upload_that_the_registry_forgets_begins_anew(registry: MemoryRegistry) -> None:
    opened: list[int] = []

    def forgetting() -> io.BytesIO:
        opened.append(len(opened))
        if len(opened) == 1:
            registry.uploads.clear()
        return io.BytesIO(LARGE)

    with destination_in(registry) as destination:
        assert destination.add(Blob(descriptor=blob(LARGE), open=forgetting))
    assert registry.blobs == {blob(LARGE).digest: LARGE}
    assert opened == [0, 1]


def test_an_upload_that_is_forgotten_again_and_again_is_given_up(registry: MemoryRegistry) -> None:
    """What arrives anew each time is no progress."""
    registry.forgets_at = 2 << 20
    waits: list[float] = []
    with destination_in(registry, waits=waits) as destination, pytest.raises(OutsideError, match="HTTP 404"):
        destination.add(given(LARGE))
    assert waits == [1.0, 2.0, 4.0, 8.0]


def test_what_was_altered_never_arrives(registry: MemoryRegistry) -> None:
    """Content is checked by its source: a registry that believes anything gets no such blob."""

    def altered() -> io.BufferedReader:
        promised = blob(LARGE)
        stream = io.BytesIO(LARGE[:-1] + b"x")
        return io.BufferedReader(
            CheckedReader(stream, digest=promised.digest, size=promised.size, where="a.tar")
        )

    with destination_in(registry) as destination, pytest.raises(InputError, match=r"a\.tar"):
        destination.add(Blob(descriptor=blob(LARGE), open=altered))
    assert not registry.blobs
    assert not registry.uploads


def test_a_registry_that_calls_it_otherwise_is_not_believed(registry: MemoryRegistry) -> None:
    data = next(iter(opaque_image(b"a").documents.values()))[1]
    other = Descriptor(media_type=MANIFEST, digest=blob(b"other").digest, size=len(data))
    with destination_in(registry) as destination, pytest.raises(OutsideError, match="another name"):
        destination.add_document(data, other)


def test_a_blob_that_another_repository_has_is_taken_over(registry: MemoryRegistry) -> None:
    registry.blobs[blob(b"base").digest] = b"base"
    with destination_in(registry) as destination:
        # The registry in memory has one store for all, and would find it: it is asked to mount at once.
        repository = client(registry.host)
        assert mount(repository, given(b"base", "team/base")) is None
        assert mount(repository, given(b"else", "team/base")) != ""
        repository.exchange.close()
        assert destination.add(given(b"more", "team/base"))
    assert registry.blobs[blob(b"more").digest] == b"more"


def test_no_address_of_an_upload_is_shown(registry: MemoryRegistry) -> None:
    """It holds a state that lets anybody go on with it."""
    registry.cut_after = [0] * 10
    with destination_in(registry) as destination, pytest.raises(OutsideError) as caught:
        destination.add(given(LARGE))
    assert "s3cret" not in str(caught.value)


def test_an_upload_may_go_to_another_host_which_sees_no_credential(registry: MemoryRegistry) -> None:
    registry.wants_token = True
    with serving(MemoryRegistry()) as other:
        registry.uploads_elsewhere = other.address.replace("127.0.0.1", "localhost")
        other.uploads = registry.uploads
        with destination_in(registry, credential=Credential(user=USER, password=PASSWORD)) as destination:
            assert destination.add(given(b"small"))
        assert other.blobs == {blob(b"small").digest: b"small"}
        assert [said for _, said in other.authorizations] == [""]


@pytest.mark.parametrize("place", ["http://[", "http://a b", "ftp://registry.example.com", "//:0:0"])
def test_an_upload_goes_to_no_place_that_cannot_be(registry: MemoryRegistry, place: str) -> None:
    registry.uploads_elsewhere = place
    with destination_in(registry) as destination, pytest.raises(OutsideError):
        destination.add(given(b"small"))
