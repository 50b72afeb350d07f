"""Images that go to a real registry through a proxy that refuses, breaks off, stalls and lies."""

from pathlib import Path

import pytest

from samestack.errors import InputError, OutsideError, RequestError
from samestack.oci.copying import copy
from tests.oci.registry.opaque_images import blob, opaque_image
from tests.services.misbehaving_proxy import Fault, Mishap, misbehaving
from tests.services.registry_clients import (
    CHUNK,
    bring,
    destination,
    given,
    layout,
    log_in,
    read,
    source,
    unique,
)
from tests.services.registry_server import RegistryServer

pytestmark = [pytest.mark.service, pytest.mark.usefixtures("nobody")]

UPLOADS = "/blobs/uploads/"


@pytest.mark.parametrize("method", ["HEAD", "POST", "PATCH", "PUT"])
@pytest.mark.parametrize("status", [429, 500, 503])
def test_a_registry_that_is_busy_is_asked_again(
    registry_server: RegistryServer, method: str, status: int
) -> None:
    data, waits = unique(2 * CHUNK + 5), list[float]()
    busy = Mishap(
        fault=Fault.STATUS, method=method, path="blobs", status=status, headers={"Retry-After": "7"}
    )
    with (
        misbehaving(registry_server.host, busy) as proxy,
        destination(proxy.host, "team/busy", waits) as registry,
    ):
        assert registry.add(given(data))
    assert waits == [7.0]
    assert read(registry_server.host, "team/busy", blob(data)) == data


def test_a_registry_that_stays_busy_is_given_up(registry_server: RegistryServer) -> None:
    waits: list[float] = []
    busy = Mishap(fault=Fault.STATUS, method="PUT", path="manifests", times=99, status=429)
    image = opaque_image(b"x")
    data = image.documents[image.descriptor.digest][1]
    with (
        misbehaving(registry_server.host, busy) as proxy,
        destination(proxy.host, "team/busy", waits) as registry,
        pytest.raises(OutsideError, match=r"asked less often \(HTTP 429\)"),
    ):
        registry.add_document(data, image.descriptor)
    assert waits == [1.0, 2.0, 4.0, 8.0]


def test_an_upload_goes_on_with_the_part_that_was_refused(registry_server: RegistryServer) -> None:
    data = unique(4 * CHUNK)
    third = Mishap(fault=Fault.STATUS, method="PATCH", path=UPLOADS, status=502, after=2)
    with misbehaving(registry_server.host, third) as proxy, destination(proxy.host, "team/parts") as registry:
        assert registry.add(given(data))
    assert proxy.ranges[:4] == [f"{n * CHUNK}-{(n + 1) * CHUNK - 1}" for n in (0, 1, 2, 2)]
    assert read(registry_server.host, "team/parts", blob(data)) == data


@pytest.mark.parametrize("fault", [Fault.LOST_ANSWER, Fault.CUT_REQUEST])
@pytest.mark.parametrize("method", ["POST", "PATCH", "PUT"])
def test_an_upload_survives_lost_connections(
    registry_server: RegistryServer, fault: Fault, method: str
) -> None:
    data = unique(3 * CHUNK + 5)
    lost = Mishap(fault=fault, method=method, path=UPLOADS)
    with misbehaving(registry_server.host, lost) as proxy, destination(proxy.host, "team/lost") as registry:
        assert registry.add(given(data))
    assert lost.times < 1
    assert read(registry_server.host, "team/lost", blob(data)) == data


@pytest.mark.parametrize("fault", [Fault.CUT_ANSWER, Fault.STALL])
def test_a_download_goes_on_from_where_it_broke_off(registry_server: RegistryServer, fault: Fault) -> None:
    data, waits = unique(2 * CHUNK), list[float]()
    with destination(registry_server.host, "team/cut") as registry:
        registry.add(given(data))
    cut = Mishap(fault=fault, method="GET", path="/blobs/", times=2)
    with (
        misbehaving(registry_server.host, cut) as proxy,
        source(proxy.host, "team/cut", waits, silence=2.0) as there,
        there.blob(blob(data)) as stream,
    ):
        assert stream.read() == data
    assert proxy.ranges == [f"bytes={CHUNK}-", f"bytes={CHUNK + CHUNK // 2}-"]
    assert waits == [1.0, 2.0]


def test_a_registry_that_says_nothing_is_given_up(registry_server: RegistryServer) -> None:
    image = opaque_image(unique(10))
    with destination(registry_server.host, "team/still") as registry:
        registry.add_document(*bring(image, registry))
    stalled = Mishap(fault=Fault.STALL, method="GET", path="/manifests/", times=99)
    with (
        misbehaving(registry_server.host, stalled) as proxy,
        source(proxy.host, "team/still", silence=0.2) as there,
        pytest.raises(OutsideError, match="says nothing"),
    ):
        there.document(image.descriptor)


def test_a_registry_that_never_comes_to_an_end_is_given_up(registry_server: RegistryServer) -> None:
    image = opaque_image(unique(10))
    with destination(registry_server.host, "team/slow") as registry:
        registry.add_document(*bring(image, registry))
    slow = Mishap(fault=Fault.TRICKLE, method="GET", path="/manifests/", times=99)
    with (
        misbehaving(registry_server.host, slow) as proxy,
        source(proxy.host, "team/slow", whole=0.2) as there,
        pytest.raises(OutsideError, match="takes too long"),
    ):
        there.document(image.descriptor)


def test_a_registry_that_lies_is_found_out(registry_server: RegistryServer) -> None:
    image = opaque_image(unique(CHUNK))
    with destination(registry_server.host, "team/lies") as registry:
        registry.add_document(*bring(image, registry))
    layer = next(blob(one) for one in image.blobs.values() if len(one) == CHUNK)
    lie = Mishap(fault=Fault.ALTERED, method="GET", path="/v2/", times=99)
    with misbehaving(registry_server.host, lie) as proxy, source(proxy.host, "team/lies") as there:
        with pytest.raises(InputError, match="not what its digest says"):
            there.document(image.descriptor)
        with there.blob(layer) as stream, pytest.raises(InputError, match="not what its digest says"):
            stream.read()


@pytest.mark.parametrize("path", ["/blobs/", "/manifests/"])
def test_a_registry_that_keeps_it_under_another_name_is_not_believed(
    registry_server: RegistryServer, path: str
) -> None:
    image = opaque_image(unique(100))
    lie = Mishap(fault=Fault.RENAMED, method="PUT", path=path)
    with (
        misbehaving(registry_server.host, lie) as proxy,
        destination(proxy.host, "team/lies") as registry,
        pytest.raises(OutsideError, match="under another name"),
    ):
        registry.add_document(*bring(image, registry))


def test_a_refusal_is_told_without_what_it_repeats(
    guarded_registry_server: RegistryServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    body = b'{"errors": [{"code": "DENIED", "message": "no swordfish today \\u001b[31m"}]}'
    denied = Mishap(fault=Fault.STATUS, method="POST", path=UPLOADS, status=403, body=body)
    with misbehaving(guarded_registry_server.host, denied) as proxy:
        log_in(proxy.host, tmp_path, monkeypatch)
        with destination(proxy.host, "team/denied") as registry, pytest.raises(OutsideError) as caught:
            registry.add(given(unique(10)))
    assert "it does not permit that (HTTP 403, DENIED)" in caught.value.message
    assert "swordfish" not in caught.value.message


def test_a_push_that_fails_leaves_no_tag_and_no_upload(
    registry_server: RegistryServer, tmp_path: Path
) -> None:
    image = opaque_image(*(unique(2 * CHUNK) for _ in range(6)))
    there = layout(tmp_path / "there", image, "1.0")
    broken = Mishap(fault=Fault.STATUS, method="PUT", path=UPLOADS, times=99, status=507)
    with (
        misbehaving(registry_server.host, broken) as proxy,
        destination(proxy.host, "team/failing") as registry,
        pytest.raises(OutsideError, match="HTTP 507"),
    ):
        copy(there, "1.0", registry, "1.0")
    with (
        source(registry_server.host, "team/failing") as registry_source,
        pytest.raises(RequestError, match=r"has no 1\.0"),
    ):
        registry_source.described("1.0")
    uploads = registry_server.directory / "data/docker/registry/v2/repositories/team/failing/_uploads"
    # docker-registry itself leaves the state of a hash behind; the content is gone.
    assert not list(uploads.rglob("data"))


def test_a_registry_that_is_not_there_is_not_waited_for() -> None:
    waits: list[float] = []
    with (
        source("127.0.0.1:1", "team/agent", waits) as there,
        pytest.raises(OutsideError, match="cannot be reached"),
    ):
        there.described("1.0")
    assert waits == []
