"""A server of files on this machine that behaves badly as it is told: a fake, since real ones would not."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


class Script:
    """What the server has, and what it does to the next requests."""

    def __init__(self, files: dict[str, bytes]) -> None:
        self.files = files
        self.troubles: list[str] = []
        """``break`` off in the middle, ``500``, ``429``, ``ignore`` ranges; the first goes first."""
        self.ranges: list[str] = []
        self.address = ""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    script: Script

    def do_GET(self) -> None:
        self.script.ranges.append(self.headers.get("Range", ""))
        trouble = self.script.troubles.pop(0) if self.script.troubles else ""
        data = self.script.files.get(self.path)
        if trouble in {"429", "500"} or data is None:
            self._answer(int(trouble or 404), b"", {"Retry-After": "7"} if trouble == "429" else {})
        else:
            self._answer_with(data, trouble)

    def _answer_with(self, data: bytes, trouble: str) -> None:
        start = 0 if trouble == "ignore" else int(self.script.ranges[-1][6:-1] or 0)
        headers = {"Content-Range": f"bytes {start}-{len(data) - 1}/{len(data)}"} if start else {}
        rest = data[start:]
        sent = len(rest) // 2 if trouble == "break" else len(rest)
        self._answer(206 if start else 200, rest, headers, sent=sent)

    def _answer(self, status: int, data: bytes, headers: dict[str, str], sent: int | None = None) -> None:
        self.send_response(status)
        for name, value in {**headers, "Content-Length": str(len(data))}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(data[:sent])
        if sent is not None and sent < len(data):
            self.close_connection = True

    def log_message(self, *words: Any) -> None:
        pass


@contextmanager
def file_server(files: dict[str, bytes]) -> Iterator[Script]:
    """A server with these files, by their paths, for the time of a test."""
    script = Script(files)
    handler = type("Handler", (_Handler,), {"script": script})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    script.address = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield script
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
