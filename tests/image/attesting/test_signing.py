"""Signing by Sigstore, as far as it goes without its services.

What cannot run here: a certificate of the public Fulcio, an entry in the public Rekor, and so a signature
that holds. Everything before and after is real: the library, its trust configuration, tokens, failures.
Which verdict follows from an opened signature, ``test_checking.py`` holds.
"""

import base64
import json
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from importlib.resources import files
from pathlib import Path
from threading import Thread

import pytest

from samestack.errors import InputError, OutsideError, RequestError
from samestack.image.attesting.attachment import SIGNED, Attachment, attach
from samestack.image.attesting.attesting import Author, Wanted, attested
from samestack.image.attesting.builder import Builder
from samestack.image.attesting.signing import TOKEN_VARIABLE, Signer, Trust, sign, signed_statement
from samestack.image.attesting.statement import BILL_TYPE, statement_bytes
from samestack.oci.layout.writing import writing_layout
from tests.image.attesting.images import built

sigstore = pytest.importorskip("sigstore")

SIGNER = Signer(identity="ops@example.com", issuer="https://accounts.example.com")
CANARY = "canary45c48cce2e2d7fbd"


@contextmanager
def refusing_authority(status: int) -> Iterator[str]:
    """The address of a certificate authority that refuses everybody; it is no Fulcio."""

    class Refusal(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            self.rfile.read(int(self.headers["Content-Length"]))
            body = json.dumps({"message": "there was an error processing the identity token"}).encode()
            self.send_response(status)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Nobody reads it."""

    with HTTPServer(("127.0.0.1", 0), Refusal) as server:
        thread = Thread(target=server.serve_forever)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}"
        finally:
            server.shutdown()
            thread.join()


def trust(directory: Path, authority: str) -> Trust:
    """The public Sigstore's roots, as the library ships them, and services of one's own."""
    store = next(one for one in files("sigstore._store").iterdir() if one.name.endswith("sigstore.dev"))
    since = {"start": "2020-01-01T00:00:00Z"}
    service = {"url": authority, "majorApiVersion": 1, "validFor": since, "operator": "tests"}
    document = {
        "mediaType": "application/vnd.dev.sigstore.clienttrustconfig.v0.1+json",
        "trustedRoot": json.loads((store / "trusted_root.json").read_text()),
        "signingConfig": {
            "mediaType": "application/vnd.dev.sigstore.signingconfig.v0.2+json",
            "caUrls": [service],
            "oidcUrls": [service],
            "rekorTlogUrls": [service],
            "rekorTlogConfig": {"selector": "ANY"},
            "tsaConfig": {"selector": "ANY"},
        },
    }
    path = directory / "trust.json"
    path.write_text(json.dumps(document))
    return Trust(configuration=path)


def token() -> str:
    """An identity token of the right shape, which no authority would believe."""
    now = int(time.time())
    claims = {
        "aud": "sigstore",
        "sub": CANARY,
        "iss": "https://accounts.example.com",
        "iat": now - 10,
        "exp": now + 600,
    }
    return ".".join(encoded(part) for part in (b'{"alg": "HS256"}', json.dumps(claims).encode(), b"none"))


def encoded(part: bytes) -> str:
    return base64.urlsafe_b64encode(part).decode().rstrip("=")


def test_nobody_vouches_for_who_runs_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(TOKEN_VARIABLE, raising=False)
    with pytest.raises(RequestError, match="nobody vouches") as caught:
        sign((b"{}",), Trust())
    assert TOKEN_VARIABLE in (caught.value.hint or "")


def test_an_authority_that_cannot_be_reached(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(TOKEN_VARIABLE, token())
    with refusing_authority(500) as address:
        gone = address
    with pytest.raises(OutsideError, match=r"Sigstore cannot be reached \(ConnectionError\)") as caught:
        sign((b"{}",), trust(tmp_path, gone))
    assert CANARY not in caught.value.message


def test_an_authority_that_refuses(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(TOKEN_VARIABLE, token())
    with (
        refusing_authority(400) as address,
        pytest.raises(OutsideError, match="signing by Sigstore failed: 400 Client Error") as caught,
    ):
        sign((b"{}",), trust(tmp_path, address))
    assert token() not in caught.value.message


@pytest.mark.parametrize("text", ["garbage", "a.b.c"])
def test_a_token_that_is_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    monkeypatch.setenv(TOKEN_VARIABLE, text)
    with pytest.raises(OutsideError, match="malformed"):
        sign((b"{}",), trust(tmp_path, "http://127.0.0.1:9"))


def test_nothing_is_attached_where_signing_fails(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(TOKEN_VARIABLE, raising=False)
    image = built(tmp_path / "image")
    author = Author(builder=Builder(identifier="https://ci.example.com"))
    wanted = Wanted(signatures=True)
    with pytest.raises(RequestError), writing_layout(tmp_path / "image") as destination:
        attested(image, b"{}", wanted, author, destination)
    assert image.source.referrers(image.descriptor.digest) == ()


def test_what_is_signed_are_statements_of_the_library_too(tmp_path: Path) -> None:
    from sigstore.dsse import Statement

    Statement(statement_bytes(built(tmp_path), BILL_TYPE, {"bomFormat": "CycloneDX"}))


@pytest.mark.parametrize(
    "text", ["", "{}", "[]", '{"mediaType": "application/vnd.dev.sigstore.bundle.v0.3+json"}']
)
def test_a_bundle_that_is_none(tmp_path: Path, text: str) -> None:
    with pytest.raises(InputError, match="the attached signature"):
        signed_statement(text.encode(), SIGNER, trust(tmp_path, "http://127.0.0.1:9"))


@pytest.mark.parametrize("text", ["", "{}", "no"])
def test_a_trust_configuration_that_is_none(tmp_path: Path, text: str) -> None:
    (tmp_path / "trust.json").write_text(text)
    with pytest.raises(InputError, match=r"trust\.json"):
        signed_statement(b"{}", SIGNER, Trust(configuration=tmp_path / "trust.json"))


def test_a_bundle_is_attached_as_others_attach_it(tmp_path: Path) -> None:
    image = built(tmp_path)
    with writing_layout(tmp_path) as destination:
        attach(Attachment(kind=SIGNED, data=b"{}"), image.descriptor, destination)
    (found,) = image.source.referrers(image.descriptor.digest)
    assert found.artifact_type == "application/vnd.dev.sigstore.bundle.v0.3+json"
