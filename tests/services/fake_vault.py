"""A FAKE of Vault, since the real one cannot be had everywhere: key-value store 2, AppRole and tokens alone.

It answers what the real one documents for the requests that samestack and its tests make: reading,
writing and deleting versions, metadata, subkeys, and logging in. It knows two policies: the root token may
do everything, and the token of a role may read. Whatever else it is asked, it answers with 404.
"""

import contextlib
import datetime as dt
import json
import secrets
import threading
from collections.abc import Iterator, Mapping
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Final
from urllib.parse import parse_qs, unquote, urlsplit

from msgspec import Struct

ROOT_TOKEN: Final = "fake-root-token"
_STORE: Final = "secret"
Answer = tuple[int, Any]
_NOTHING: Final[Answer] = (404, {"errors": []})
_FORBIDDEN: Final[Answer] = (403, {"errors": ["permission denied"]})
_DONE: Final[Answer] = (204, None)


class _Request(Struct, frozen=True):
    method: str
    path: str
    """Below ``/v1``."""
    version: int
    """The current one is 0."""
    token: str
    body: Any


class _FakeStore:
    """The key-value store."""

    def __init__(self) -> None:
        self._secrets: dict[str, list[dict[str, Any]]] = {}

    def change(self, method: str, endpoint: str, name: str, body: Any) -> Answer:
        if method == "POST" and endpoint == "data":
            return 200, {"data": self._written(name, body["data"])}
        if endpoint == "metadata":
            self._secrets.pop(name, None)
        else:
            self._secrets[name][-1]["metadata"]["deletion_time"] = _now()
        return _DONE

    def history(self, name: str) -> Answer:
        versions = self._secrets.get(name)
        if not versions:
            return _NOTHING
        states = {str(one["metadata"]["version"]): one["metadata"] for one in versions}
        return 200, {"data": {"current_version": len(versions), "versions": states}}

    def version(self, name: str, version: int, endpoint: str) -> Answer:
        versions = self._secrets.get(name, [])
        if not versions or version > len(versions):
            return _NOTHING
        found = versions[version - 1]
        metadata = found["metadata"]
        if metadata["deletion_time"]:
            return 404, {"data": {endpoint: None, "metadata": metadata}}
        shown = found["data"] if endpoint == "data" else _keys(found["data"])
        return 200, {"data": {endpoint: shown, "metadata": metadata}}

    def _written(self, name: str, data: Mapping[str, Any]) -> dict[str, Any]:
        versions = self._secrets.setdefault(name, [])
        metadata = {
            "created_time": _now(),
            "custom_metadata": None,
            "deletion_time": "",
            "destroyed": False,
            "version": len(versions) + 1,
        }
        versions.append({"data": data, "metadata": metadata})
        return metadata


class FakeVault:
    """What it holds, and how tests make it behave."""

    def __init__(self) -> None:
        self.address = ""
        self.is_sealed = False
        self.has_subkeys = True
        """Whether it is of version 1.10 or later."""
        self.has_history = True
        """Whether the token of a role may read metadata."""
        self.role_tokens: set[str] = set()
        """Those that are valid now."""
        self._role = (secrets.token_hex(8), secrets.token_hex(8))
        self._store = _FakeStore()

    def answer(self, request: _Request) -> Answer:
        """The status and the document of an answer."""
        if self.is_sealed:
            return 503, {"errors": ["Vault is sealed"]}
        if request.path == "auth/approle/login":
            return self._logged_in(request.body)
        if request.path == "auth/token/revoke-self" and request.token in self.role_tokens:
            self.role_tokens.discard(request.token)
            return _DONE
        return self._answer(request) if self._is_allowed(request) else _FORBIDDEN

    def _is_allowed(self, request: _Request) -> bool:
        if request.token in self.role_tokens:
            return request.method == "GET" and (self.has_history or "/metadata/" not in request.path)
        return request.token == ROOT_TOKEN

    def _logged_in(self, body: Any) -> Answer:
        if (body["role_id"], body["secret_id"]) != self._role:
            return 400, {"errors": ["invalid role or secret ID"]}
        token = secrets.token_hex(12)
        self.role_tokens.add(token)
        return 200, {"auth": {"client_token": token, "token_policies": ["default"]}}

    def _answer(self, request: _Request) -> Answer:
        if not request.path.startswith(f"{_STORE}/"):
            return self._of_role(request.path)
        _, endpoint, name = request.path.split("/", 2)
        if request.method != "GET":
            return self._store.change(request.method, endpoint, name, request.body)
        if endpoint == "metadata":
            return self._store.history(name)
        if endpoint == "data" or (endpoint == "subkeys" and self.has_subkeys):
            return self._store.version(name, request.version, endpoint)
        return _NOTHING

    def _of_role(self, path: str) -> Answer:
        if path.endswith("/role-id"):
            return 200, {"data": {"role_id": self._role[0]}}
        if path.endswith("/secret-id"):
            return 200, {"data": {"secret_id": self._role[1]}}
        if path == "sys/auth":
            return 200, {"data": {"approle/": {"type": "approle"}}}
        return _DONE if path.startswith(("auth/approle/role/", "sys/policies/acl/")) else _NOTHING


def _keys(data: Mapping[str, Any]) -> dict[str, Any]:
    return {key: _keys(value) if isinstance(value, dict) else None for key, value in data.items()}


def _now() -> str:
    """With nanoseconds, as Go writes it."""
    return dt.datetime.now(dt.UTC).strftime("%Y-%m-%dT%H:%M:%S.%f123Z")


class _Handler(BaseHTTPRequestHandler):
    vault: FakeVault

    def do_GET(self) -> None:
        self._reply()

    def do_POST(self) -> None:
        self._reply()

    def do_PUT(self) -> None:
        self._reply()

    def do_DELETE(self) -> None:
        self._reply()

    def _reply(self) -> None:
        sent = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        parts = urlsplit(self.path)
        request = _Request(
            method=self.command,
            path=unquote(parts.path.removeprefix("/v1/")),
            version=int(parse_qs(parts.query).get("version", ["0"])[0]),
            token=self.headers.get("X-Vault-Token", ""),
            body=json.loads(sent) if sent else {},
        )
        status, document = self.vault.answer(request)
        content = b"" if document is None else json.dumps(document).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_: object) -> None:
        """Nothing: a test's output is its own."""


@contextlib.contextmanager
def serving_vault() -> Iterator[FakeVault]:
    """A fake on a free port of this machine, for the time of a block."""
    served = FakeVault()

    class Handler(_Handler):
        vault = served

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        served.address = f"http://127.0.0.1:{server.server_port}"
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        try:
            yield served
        finally:
            server.shutdown()
            thread.join()
