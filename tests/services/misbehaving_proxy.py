"""A proxy in front of a real registry that refuses, breaks off, stalls and lies, as it is told."""

import contextlib
import http.client
import re
import socket
import struct
import threading
from collections.abc import Iterator
from enum import StrEnum
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Final

from msgspec import Struct

_HOP: Final = ("connection", "transfer-encoding", "keep-alive")


class Fault(StrEnum):
    """What can go wrong with a request."""

    STATUS = "it is answered by a status, and the registry never sees it"
    LOST_ANSWER = "the registry does it, and its answer is lost"
    CUT_REQUEST = "the registry gets half of the body"
    CUT_ANSWER = "half of the answer comes"
    STALL = "half of the answer comes, and then nothing more"
    TRICKLE = "the answer comes, a byte now and then"
    ALTERED = "one byte of the answer is another"
    RENAMED = "the answer says another digest"


class Mishap(Struct, kw_only=True):
    """A fault that happens to the next requests of a kind."""

    fault: Fault
    method: str
    path: str
    """A pattern that is searched in it."""
    times: int = 1
    after: int = 0
    """How many of them are let through first."""
    status: int = 500
    headers: dict[str, str] = {}
    body: bytes = b""

    def is_due(self) -> bool:
        """Whether it happens now, and not before or after."""
        if self.after:
            self.after -= 1
            return False
        self.times -= 1
        return self.times >= 0


class MisbehavingProxy(Struct, kw_only=True):
    """Where it listens, what will happen, and what it saw."""

    host: str
    upstream: str
    mishaps: list[Mishap]
    seen: list[str]
    ranges: list[str]
    """The header ``Range`` or ``Content-Range`` of each request that had one."""
    over: threading.Event
    lock: threading.Lock

    def happens(self, method: str, path: str) -> Mishap | None:
        """What happens to this request: every mishap as often as it said."""
        with self.lock:
            self.seen.append(f"{method} {path.partition('?')[0]}")
            for one in self.mishaps:
                if one.method == method and re.search(one.path, path) and one.is_due():
                    return one
        return None


@contextlib.contextmanager
def misbehaving(upstream: str, *mishaps: Mishap) -> Iterator[MisbehavingProxy]:
    """A proxy in front of a registry, on this machine."""

    class Handler(_Handler):
        pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        server.daemon_threads = True
        proxy = Handler.proxy = MisbehavingProxy(
            host=f"127.0.0.1:{server.server_address[1]}",
            upstream=upstream,
            mishaps=list(mishaps),
            seen=[],
            ranges=[],
            over=threading.Event(),
            lock=threading.Lock(),
        )
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        try:
            yield proxy
        finally:
            proxy.over.set()
            server.shutdown()
            thread.join()


class _Handler(BaseHTTPRequestHandler):
    proxy: MisbehavingProxy
    protocol_version = "HTTP/1.1"

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - its name in the library
        """Say nothing."""

    def handle_one_request(self) -> None:
        with contextlib.suppress(ConnectionError):
            super().handle_one_request()

    def do_GET(self) -> None:
        mishap = self.proxy.happens(self.command, self.path)
        if said := self.headers.get("Range") or self.headers.get("Content-Range"):
            self.proxy.ranges.append(said)
        body = self.rfile.read(int(self.headers.get("Content-Length", "0")))
        match mishap.fault if mishap else None:
            case None:
                self._send(*self._forwarded(body))
            case Fault.STATUS:
                assert mishap is not None
                self._send(mishap.status, mishap.headers, mishap.body)
            case Fault.LOST_ANSWER:
                self._forwarded(body)
                self.close_connection = True
            case Fault.CUT_REQUEST:
                self._forward_half(body)
                self.close_connection = True
            case fault:
                self._send_badly(fault, *self._forwarded(body))

    do_HEAD = do_POST = do_PUT = do_PATCH = do_DELETE = do_GET  # noqa: N815 - http.server looks for them

    def _forwarded(self, body: bytes) -> tuple[int, dict[str, str], bytes]:
        connection = http.client.HTTPConnection(self.proxy.upstream, timeout=30)
        with contextlib.closing(connection):
            headers = {name: text for name, text in self.headers.items() if name.lower() not in _HOP}
            connection.request(self.command, self.path, body or None, headers)
            answer = connection.getresponse()
            kept = {name: text for name, text in answer.getheaders() if name.lower() not in _HOP}
            return answer.status, kept, answer.read()

    def _forward_half(self, body: bytes) -> None:
        """The registry sees a connection that breaks in the midst of the body."""
        host, _, port = self.proxy.upstream.partition(":")
        with socket.create_connection((host, int(port))) as upstream:
            lines = [f"{self.command} {self.path} HTTP/1.1", *(f"{n}: {t}" for n, t in self.headers.items())]
            upstream.sendall("\r\n".join([*lines, "", ""]).encode() + body[: len(body) // 2])
            upstream.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 1))

    def _send(self, status: int, headers: dict[str, str], body: bytes) -> None:
        self._send_head(status, headers, len(body))
        if self.command != "HEAD":
            self.wfile.write(body)

    def _send_badly(self, fault: Fault, status: int, headers: dict[str, str], body: bytes) -> None:
        half = len(body) // 2
        if fault is Fault.RENAMED:
            return self._send(status, {**headers, "Docker-Content-Digest": "sha256:" + "0" * 64}, body)
        if fault is Fault.ALTERED:
            return self._send(status, headers, body[:half] + bytes([body[half] ^ 1]) + body[half + 1 :])
        if fault is Fault.TRICKLE:
            return self._trickle(status, headers, body)
        if body:  # else nothing at all is heard
            self._send_head(status, headers, len(body))
        self.wfile.write(body[:half])
        self.wfile.flush()
        if fault is Fault.STALL:
            self.proxy.over.wait(30)
        self.close_connection = True
        return None

    def _trickle(self, status: int, headers: dict[str, str], body: bytes) -> None:
        self._send_head(status, headers, len(body))
        for position in range(len(body)):
            self.wfile.write(body[position : position + 1])
            self.proxy.over.wait(0.05)

    def _send_head(self, status: int, headers: dict[str, str], length: int) -> None:
        self.send_response(status)
        for name, text in headers.items():
            if name.lower() != "content-length":
                self.send_header(name, text)
        said = next((text for name, text in headers.items() if name.lower() == "content-length"), str(length))
        self.send_header("Content-Length", said if self.command == "HEAD" else str(length))
        self.end_headers()
