"""A token server for docker-registry, which is a test's own: no such program can be installed here.

Its tokens are real: signed JSON Web Tokens, which the registry checks against the certificate.
"""

import base64
import contextlib
import json
import threading
import time
import uuid
from collections.abc import Iterator, Mapping
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, Final
from urllib.parse import parse_qs, urlsplit

from samestack.process import run
from tests.services.requirement import require_program

SERVICE: Final = "tests"
ISSUER: Final = "tests"
CERTIFICATE: Final = "certificate.pem"
_KEY: Final = "key.pem"


@contextlib.contextmanager
def serving_tokens(directory: Path, users: Mapping[str, str]) -> Iterator[str]:
    """Serve tokens to some users with their passwords, at an address of this machine."""
    files = ["-keyout", f"{directory}/{_KEY}", "-out", f"{directory}/{CERTIFICATE}"]
    subject = ["-subj", "/CN=tests", "-days", "2", "-nodes"]
    run([require_program("openssl"), "req", "-x509", "-newkey", "rsa:2048", *files, *subject])

    class Handler(_Handler):
        known = frozenset(_basic(*one) for one in users.items())

        def token(self, asked: list[str]) -> str:
            return _signed(_claims(asked), directory)

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_address[1]}/token"
        finally:
            server.shutdown()
            thread.join()


class _Handler(BaseHTTPRequestHandler):
    known: frozenset[str]

    def token(self, asked: list[str]) -> str:
        raise NotImplementedError

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - its name in the library
        """Say nothing."""

    def do_GET(self) -> None:
        if self.headers.get("Authorization", "") not in self.known:
            return self._answer(401, {"errors": [{"code": "UNAUTHORIZED", "message": "who are you?"}]})
        return self._answer(200, {"token": self.token(parse_qs(urlsplit(self.path).query).get("scope", []))})

    def _answer(self, status: int, document: Mapping[str, Any]) -> None:
        body = json.dumps(document).encode()
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


def _claims(asked: list[str]) -> Mapping[str, Any]:
    now = int(time.time())
    access = [_access(one) for scope in asked for one in scope.split()]
    times = {"iat": now, "nbf": now - 5, "exp": now + 300}
    return {"iss": ISSUER, "aud": SERVICE, "sub": "x", "jti": uuid.uuid4().hex, "access": access, **times}


def _access(scope: str) -> Mapping[str, Any]:
    kind, _, rest = scope.partition(":")
    name, _, actions = rest.rpartition(":")
    return {"type": kind, "name": name, "actions": actions.split(",")}


def _signed(claims: Mapping[str, Any], directory: Path) -> str:
    """The token, with the certificate in its header."""
    pem = (directory / CERTIFICATE).read_text().splitlines()
    header = {"typ": "JWT", "alg": "RS256", "x5c": ["".join(line for line in pem if "-----" not in line)]}
    text = f"{_encoded(json.dumps(header).encode())}.{_encoded(json.dumps(claims).encode())}"
    unsigned, signature = directory / f"{claims['jti']}.txt", directory / f"{claims['jti']}.sig"
    unsigned.write_text(text)
    run(["openssl", "dgst", "-sha256", "-sign", directory / _KEY, "-out", signature, unsigned])
    return f"{text}.{_encoded(signature.read_bytes())}"


def _encoded(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).decode().rstrip("=")


def _basic(user: str, password: str) -> str:
    return "Basic " + base64.b64encode(f"{user}:{password}".encode()).decode()
