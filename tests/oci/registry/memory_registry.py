"""A small registry in memory, which is a fake: it can do what no registry of Debian's can.

It answers what refers to an image (version 1.1 of the specification), keeps the part of an upload that
came before a connection broke, gives and wants tokens, and redirects blobs to another host. Everything else
of a registry is tested against a real one, in ``tests/services``.
"""

import base64
import contextlib
import hashlib
import json
import re
import ssl
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Final
from urllib.parse import parse_qs, urlsplit

USER: Final = "ada"
PASSWORD: Final = "swordfish"
IDENTITY: Final = "an-identity-token"


class MemoryRegistry:
    """What it holds, what it was asked, and how it is to behave."""

    def __init__(self) -> None:
        self.blobs: dict[str, bytes] = {}
        self.manifests: dict[str, tuple[str, bytes]] = {}
        self.tags: dict[str, str] = {}
        self.uploads: dict[str, bytearray] = {}
        self.asked: list[str] = []
        self.authorizations: list[tuple[str, str]] = []
        """The path and the header ``Authorization`` of every request."""
        self.knows_referrers = True
        self.wants_token = False
        self.token_lasts = 300.0
        self.tokens: dict[str, tuple[str, float]] = {}
        self.blobs_elsewhere = ""
        """The address of another host that blobs are redirected to."""
        self.cut_after: list[int] = []
        """After how many bytes each of the next uploads loses its connection."""
        self.least_chunk = 0
        self.forgets_at = 0
        """How large an upload becomes before it is forgotten; 0 for none."""
        self.uploads_elsewhere = ""
        """What the addresses of uploads begin with, where that is not the registry itself."""
        self.tokens_elsewhere = ""
        """Where whoever asks for a token is redirected to."""
        self.address = ""

    @property
    def host(self) -> str:
        return urlsplit(self.address).netloc


@contextlib.contextmanager
def serving(
    registry: MemoryRegistry, *, address: str = "127.0.0.1", encrypting: ssl.SSLContext | None = None
) -> Iterator[MemoryRegistry]:
    """Serve it on this machine, on a port of its own."""

    class Handler(_Handler):
        state = registry

    with ThreadingHTTPServer((address, 0), Handler) as server:
        server.daemon_threads = True
        if encrypting is not None:
            server.socket = encrypting.wrap_socket(server.socket, server_side=True)
        registry.address = f"http{'s' if encrypting else ''}://{address}:{server.server_address[1]}"
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        try:
            yield registry
        finally:
            server.shutdown()
            thread.join()


class _Handler(BaseHTTPRequestHandler):
    state: MemoryRegistry
    protocol_version = "HTTP/1.1"

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - its name in the library
        """Say nothing."""

    def handle_one_request(self) -> None:
        with contextlib.suppress(ConnectionError):
            super().handle_one_request()

    def do_GET(self) -> None:
        self._serve()

    do_HEAD = do_POST = do_PUT = do_PATCH = do_DELETE = do_GET  # noqa: N815 - http.server looks for them

    def _serve(self) -> None:
        place = urlsplit(self.path)
        self.state.asked.append(f"{self.command} {place.path}")
        self.state.authorizations.append((place.path, self.headers.get("Authorization", "")))
        if place.path == "/token" and self.state.tokens_elsewhere:
            self.rfile.read(int(self.headers.get("Content-Length", "0")))
            self._answer(307, headers={"Location": f"{self.state.tokens_elsewhere}{self.path}"})
        elif place.path == "/token":
            self._give_token()
        elif self.state.wants_token and not self._is_allowed(place.path):
            self._challenge(place.path)
        else:
            self._answer_for(place.path, {key: one[0] for key, one in parse_qs(place.query).items()})

    def _answer_for(self, path: str, query: dict[str, str]) -> None:
        match = re.fullmatch(
            r"/v2/(?P<name>.+)/(?P<kind>blobs/uploads|blobs|manifests|referrers|tags)/(?P<what>[^/]*)", path
        )
        if match is None:
            return self._answer(404)
        action = getattr(self, f"_{self.command.lower()}_{match['kind'].replace('/', '_')}", None)
        if action is None:
            return self._answer(405)
        action(match["what"], query)
        return None

    # --- blobs

    def _get_blobs(self, digest: str, _query: dict[str, str]) -> None:
        if digest not in self.state.blobs:
            return self._answer(404)
        if self.state.blobs_elsewhere:
            return self._answer(307, headers={"Location": f"{self.state.blobs_elsewhere}{self.path}"})
        data, start = self.state.blobs[digest], 0
        if match := re.fullmatch(r"bytes=(\d+)-", self.headers.get("Range", "")):
            start = int(match[1])
            said = {"Content-Range": f"bytes {start}-{len(data) - 1}/{len(data)}"}
            return self._answer(206, data[start:], said)
        return self._answer(200, data)

    _head_blobs = _get_blobs

    def _post_blobs_uploads(self, _: str, query: dict[str, str]) -> None:
        if query.get("mount") in self.state.blobs:
            return self._answer(201)
        name = f"u{len(self.state.asked)}"
        self.state.uploads[name] = bytearray()
        return self._answer(202, headers=self._place(name) | self._least())

    def _least(self) -> dict[str, str]:
        return {"OCI-Chunk-Min-Length": str(self.state.least_chunk)} if self.state.least_chunk else {}

    def _get_blobs_uploads(self, name: str, _query: dict[str, str]) -> None:
        if name not in self.state.uploads:
            return self._answer(404)
        return self._answer(204, headers=self._place(name))

    def _delete_blobs_uploads(self, name: str, _query: dict[str, str]) -> None:
        self._answer(204 if self.state.uploads.pop(name, None) is not None else 404)

    def _patch_blobs_uploads(self, name: str, _query: dict[str, str]) -> None:
        if self._is_taken(name):
            self._answer(202, headers=self._place(name))

    def _put_blobs_uploads(self, name: str, query: dict[str, str]) -> None:
        if not self._is_taken(name):
            return None
        data = bytes(self.state.uploads.pop(name))
        if "sha256:" + hashlib.sha256(data).hexdigest() != query["digest"]:
            return self._refuse(400, "DIGEST_INVALID", "the digest is another")
        self.state.blobs[query["digest"]] = data
        return self._answer(201)

    def _is_taken(self, name: str) -> bool:
        """Take a part, as far as it comes; what came before a connection broke is kept."""
        if name not in self.state.uploads:
            self._refuse(404, "BLOB_UPLOAD_UNKNOWN", "no such upload")
            return False
        if 0 < self.state.forgets_at <= len(self.state.uploads[name]):
            self.rfile.read(int(self.headers.get("Content-Length", "0")))
            del self.state.uploads[name]
            self._refuse(404, "BLOB_UPLOAD_UNKNOWN", "no such upload")
            return False
        kept, said = self.state.uploads[name], self.headers.get("Content-Range", "")
        length = int(self.headers.get("Content-Length", "0"))
        if said and int(said.partition("-")[0]) != len(kept):
            self.rfile.read(length)
            self._refuse(416, "BLOB_UPLOAD_INVALID", "not the next part")
            return False
        if self.state.cut_after:
            kept += self.rfile.read(min(length, self.state.cut_after.pop(0)))
            self.close_connection = True
            return False
        kept += self.rfile.read(length)
        return True

    def _place(self, name: str) -> dict[str, str]:
        last = max(0, len(self.state.uploads[name]) - 1)
        repository = self.path.partition("/blobs/")[0]
        return {
            "Location": f"{self.state.uploads_elsewhere}{repository}/blobs/uploads/{name}?state=s3cret",
            "Range": f"0-{last}",
        }

    # --- manifests

    def _get_manifests(self, version: str, _query: dict[str, str]) -> None:
        digest = self.state.tags.get(version, version)
        if digest not in self.state.manifests:
            return self._answer(404)
        kind, data = self.state.manifests[digest]
        return self._answer(200, data, {"Content-Type": kind})

    _head_manifests = _get_manifests

    def _put_manifests(self, version: str, _query: dict[str, str]) -> None:
        data = self.rfile.read(int(self.headers["Content-Length"]))
        digest = "sha256:" + hashlib.sha256(data).hexdigest()
        self.state.manifests[digest] = (self.headers["Content-Type"], data)
        if not version.startswith("sha256:"):
            self.state.tags[version] = digest
        headers, subject = {"Docker-Content-Digest": digest}, json.loads(data).get("subject")
        if subject and self.state.knows_referrers:
            headers["OCI-Subject"] = subject["digest"]
        self._answer(201, headers=headers)

    def _get_tags(self, _: str, _query: dict[str, str]) -> None:
        self._answer(200, json.dumps({"name": "any", "tags": sorted(self.state.tags)}).encode())

    def _get_referrers(self, digest: str, query: dict[str, str]) -> None:
        """One on each page."""
        if not self.state.knows_referrers:
            return self._answer(404)
        found = [self._listed(*one) for one in self.state.manifests.values() if self._refers(one[1], digest)]
        page = int(query.get("page", "0"))
        headers = {"Content-Type": "application/vnd.oci.image.index.v1+json"}
        if page + 1 < len(found):
            headers["Link"] = f'<{urlsplit(self.path).path}?page={page + 1}>; rel="next"'
        index = {
            "schemaVersion": 2,
            "mediaType": headers["Content-Type"],
            "manifests": found[page : page + 1],
        }
        return self._answer(200, json.dumps(index).encode(), headers)

    def _refers(self, data: bytes, digest: str) -> bool:
        return (json.loads(data).get("subject") or {}).get("digest") == digest

    def _listed(self, kind: str, data: bytes) -> dict[str, Any]:
        digest = "sha256:" + hashlib.sha256(data).hexdigest()
        return {"mediaType": kind, "digest": digest, "size": len(data)}

    # --- tokens

    def _give_token(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", "0"))).decode()
        asked = parse_qs(body or urlsplit(self.path).query)
        basic = "Basic " + base64.b64encode(f"{USER}:{PASSWORD}".encode()).decode()
        is_known = self.headers.get("Authorization") == basic or asked.get("refresh_token") == [IDENTITY]
        if not is_known:
            return self._refuse(401, "UNAUTHORIZED", f"not {self.headers.get('Authorization')}")
        token = f"token-{len(self.state.tokens)}"
        self.state.tokens[token] = (" ".join(asked["scope"]), time.monotonic() + self.state.token_lasts)
        return self._answer(200, json.dumps({"token": token, "expires_in": 300}).encode())

    def _is_allowed(self, path: str) -> bool:
        token = self.headers.get("Authorization", "").removeprefix("Bearer ")
        scopes, until = self.state.tokens.get(token, ("", 0.0))
        return time.monotonic() < until and self._needed(path) in scopes

    def _needed(self, path: str) -> str:
        match = re.match(r"/v2/(.+)/(?:blobs|manifests|referrers|tags)/", path)
        actions = "pull" if self.command in {"GET", "HEAD"} and "uploads" not in path else "pull,push"
        name = match[1] if match else ""
        return f"repository:{name}:pull" + (",push" if actions == "pull,push" else "")

    def _challenge(self, path: str) -> None:
        self.rfile.read(int(self.headers.get("Content-Length", "0")))
        said = f'Bearer realm="{self.state.address}/token",service="test",scope="{self._needed(path)}"'
        self._refuse(401, "UNAUTHORIZED", "authentication required", {"WWW-Authenticate": said})

    # --- answers

    def _refuse(self, status: int, code: str, message: str, headers: dict[str, str] | None = None) -> None:
        errors = {"errors": [{"code": code, "message": message}]}
        self._answer(status, json.dumps(errors).encode(), headers)

    def _answer(self, status: int, body: bytes = b"", headers: dict[str, str] | None = None) -> None:
        self.send_response(status)
        for name, text in {"Content-Length": str(len(body)), **(headers or {})}.items():
            self.send_header(name, text)
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)
