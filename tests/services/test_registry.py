"""Images that go to a real registry and come back."""

import gzip
from pathlib import Path

import pytest

from samestack.errors import OutsideError
from samestack.oci.copying import copy
from samestack.oci.layout.files import DirectoryFiles
from samestack.oci.layout.source import LayoutSource
from samestack.oci.layout.writing import writing_layout
from samestack.oci.platform import AMD64, ARM64
from samestack.process import run
from tests.oci.registry.opaque_images import blob, opaque_image, opaque_index
from tests.services.registry_clients import (
    CHUNK,
    destination,
    layout,
    log_in,
    source,
    unique,
)
from tests.services.registry_server import RegistryServer
from tests.services.requirement import require_program

pytestmark = [pytest.mark.service, pytest.mark.usefixtures("nobody")]


def test_an_image_of_two_platforms_goes_and_comes_back(
    registry_server: RegistryServer, tmp_path: Path
) -> None:
    shared = unique(3 * CHUNK + 17)
    image = opaque_index(opaque_image(shared, unique(100)), opaque_image(shared, unique(200), platform=ARM64))
    bill = opaque_image(unique(50), subject=image.descriptor, artifact_type="application/x.test")
    there = layout(tmp_path / "there", image, "1.0", bill)
    with destination(registry_server.host, "team/two") as registry:
        copied = copy(there, "1.0", registry, "1.0")
        again = copy(there, "1.0", registry, "2.0")
    assert copied.descriptor == again.descriptor
    assert copied.descriptor.digest == image.descriptor.digest
    assert (copied.moved.blobs, copied.found.blobs) == (7, 0)
    assert (again.moved.blobs, again.found) == (0, copied.moved)
    with (
        source(registry_server.host, "team/two") as registry_source,
        writing_layout(tmp_path / "back") as back,
    ):
        copy(registry_source, "2.0", back, "back")
    returned = LayoutSource(DirectoryFiles(tmp_path / "back"))
    assert returned.described("back").digest == image.descriptor.digest
    assert [one.digest for one in returned.referrers(image.descriptor.digest)] == [bill.descriptor.digest]
    with returned.blob(blob(shared)) as stream:
        assert stream.read() == shared


def test_others_read_what_we_write(registry_server: RegistryServer, tmp_path: Path) -> None:
    """skopeo copies it to a layout, with the digest that it had."""
    image = opaque_image(gzip.compress(unique(2 * CHUNK)))
    with destination(registry_server.host, "team/skopeo") as registry:
        copy(layout(tmp_path / "there", image, "1.0"), "1.0", registry, "1.0")
    name = f"docker://{registry_server.host}/team/skopeo:1.0"
    skopeo = require_program("skopeo")
    said = run([skopeo, "inspect", "--tls-verify=false", "--format={{.Digest}}", name]).output.strip()
    assert said == image.descriptor.digest
    run([skopeo, "copy", "--src-tls-verify=false", name, f"oci:{tmp_path / 'back'}:1.0"])
    assert LayoutSource(DirectoryFiles(tmp_path / "back")).described("1.0").digest == image.descriptor.digest


def test_we_read_what_others_write(registry_server: RegistryServer, tmp_path: Path) -> None:
    """skopeo brings it there as Docker's own kind of manifest."""
    layout(tmp_path / "there", opaque_image(b"layer" * 100), "1.0")
    name = f"docker://{registry_server.host}/team/others:1.0"
    words = ["copy", "--dest-tls-verify=false", "--format=v2s2", f"oci:{tmp_path / 'there'}:1.0", name]
    run([require_program("skopeo"), *words], timeout=60)
    with source(registry_server.host, "team/others") as registry, writing_layout(tmp_path / "back") as back:
        copied = copy(registry, "1.0", back, "1.0")
    assert "docker" in copied.descriptor.media_type
    assert copied.moved.blobs == 2


def test_what_another_repository_has_is_not_moved(registry_server: RegistryServer, tmp_path: Path) -> None:
    base = opaque_image(unique(CHUNK))
    named = {"org.opencontainers.image.base.name": f"{registry_server.host}/team/base:12"}
    image = opaque_image(
        *[one for one in base.blobs.values() if len(one) == CHUNK], unique(64), annotations=named
    )
    host = registry_server.host
    with destination(host, "team/base") as registry:
        copy(layout(tmp_path / "base", base, "12"), "12", registry, "12", host=host)
    with destination(host, "team/on-base") as registry:
        copied = copy(layout(tmp_path / "image", image, "1"), "1", registry, "1", host=host)
    assert (copied.mounted.blobs, copied.mounted.bytes, copied.moved.blobs) == (1, CHUNK, 2)
    with source(host, "team/on-base") as there, destination(host, "live/app") as registry:
        promoted = copy(there, "1", registry, "1", host=host)
    assert (promoted.mounted.blobs, promoted.moved.blobs) == (3, 0)


def test_one_platform_is_an_image_by_itself(registry_server: RegistryServer, tmp_path: Path) -> None:
    arm = opaque_image(unique(10), platform=ARM64)
    there = layout(tmp_path / "there", opaque_index(opaque_image(unique(10)), arm), "1.0")
    with destination(registry_server.host, "team/one") as registry:
        copied = copy(there, "1.0", registry, "arm", platforms=[ARM64])
        assert copied.descriptor.digest == arm.descriptor.digest
        assert copied.moved.blobs == 2
        assert copy(there, "1.0", registry, "all", platforms=[ARM64, AMD64]).descriptor == there.described(
            "1.0"
        )


def test_a_user_and_a_password_are_shown(
    guarded_registry_server: RegistryServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    host, image = guarded_registry_server.host, opaque_image(unique(3 * CHUNK))
    there = layout(tmp_path / "there", image, "1.0")
    with destination(host, "team/secret") as registry, pytest.raises(OutsideError, match="401") as caught:
        copy(there, "1.0", registry, "1.0")
    assert caught.value.hint == f"docker login {host}"
    log_in(host, tmp_path, monkeypatch)
    with destination(host, "team/secret") as registry:
        assert copy(there, "1.0", registry, "1.0").moved.blobs == 2


def test_a_token_is_shown(
    token_registry_server: RegistryServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With the right to take blobs over from another repository, too."""
    host, image = token_registry_server.host, opaque_image(unique(3 * CHUNK))
    there = layout(tmp_path / "there", image, "1.0")
    with (
        destination(host, "team/secret") as registry,
        pytest.raises(OutsideError, match="asking for a token"),
    ):
        copy(there, "1.0", registry, "1.0")
    log_in(host, tmp_path, monkeypatch)
    with destination(host, "team/secret") as registry:
        assert copy(there, "1.0", registry, "1.0").moved.blobs == 2
    with source(host, "team/secret") as secret, destination(host, "team/other") as registry:
        assert copy(secret, "1.0", registry, "1.0", host=host).mounted.blobs == 2
