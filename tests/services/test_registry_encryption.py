"""Registries are spoken to over HTTPS, with the certificates that the system trusts."""

import ssl
from pathlib import Path

import pytest

from samestack.errors import OutsideError
from samestack.oci.copying import copy
from samestack.oci.image_name import ImageName
from samestack.oci.registry.opening import opened_destination
from samestack.process import run
from tests.oci.registry.memory_registry import MemoryRegistry, serving
from tests.oci.registry.opaque_images import blob, opaque_image
from tests.services.registry_clients import destination, given, layout, source
from tests.services.registry_server import running_registry
from tests.services.requirement import require_program

pytestmark = [pytest.mark.service, pytest.mark.usefixtures("nobody")]

ENCRYPTED = "127.0.0.2"


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The certificate of another address of this machine, at which HTTPS is spoken; its key is beside it."""
    directory = tmp_path_factory.mktemp("tls")
    subject = ["-subj", "/CN=tests", "-addext", f"subjectAltName=IP:{ENCRYPTED}", "-days", "2", "-nodes"]
    files = ["-keyout", f"{directory}/key.pem", "-out", f"{directory}/certificate.pem"]
    run([require_program("openssl"), "req", "-x509", "-newkey", "rsa:2048", *files, *subject])
    return directory / "certificate.pem"


def test_a_certificate_that_the_system_trusts_is_trusted(
    certificate: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tls = f"certificate: '{certificate}', key: '{certificate.with_name('key.pem')}'"
    with running_registry(tls=tls, address=ENCRYPTED) as server:
        with (
            destination(server.host, "team/agent") as registry,
            pytest.raises(OutsideError, match="CERTIFICATE") as caught,
        ):
            registry.add(given(b"x"))
        assert caught.value.hint is not None
        monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
        with destination(server.host, "team/agent") as registry:
            assert registry.add(given(b"x"))


def test_what_was_encrypted_is_not_redirected_into_the_clear(
    certificate: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, certificate.with_name("key.pem"))
    with (
        serving(MemoryRegistry()) as plain,
        serving(MemoryRegistry(), address=ENCRYPTED, encrypting=context) as server,
        source(server.host, "team/agent") as there,
    ):
        server.blobs[blob(b"x").digest] = plain.blobs[blob(b"x").digest] = b"x"
        server.blobs_elsewhere = plain.address
        with there.blob(blob(b"x")) as stream, pytest.raises(OutsideError, match="without encryption"):
            stream.read()
        server.uploads_elsewhere = plain.address
        with destination(server.host, "team/agent") as writing, pytest.raises(OutsideError, match="without"):
            writing.add(given(b"y"))
        assert plain.asked == []


def test_only_who_says_so_speaks_in_the_clear(tmp_path: Path) -> None:
    image = opaque_image(b"x")
    there = layout(tmp_path / "there", image, "1.0")
    with running_registry(address="127.0.0.3") as server:
        name = ImageName(host=server.host, repository="team/agent", tag="1.0")
        with opened_destination(name) as registry, pytest.raises(OutsideError, match="cannot be reached"):
            copy(there, "1.0", registry, "1.0")
        with opened_destination(name, is_insecure=True) as registry:
            assert copy(there, "1.0", registry, "1.0").moved.blobs == 2
