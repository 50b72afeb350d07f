"""Servers that do what no store should: say nothing, say it too slowly, or say something else."""

import contextlib
import socket
import ssl
import threading
import time
from collections.abc import Iterator, Mapping
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path


@contextlib.contextmanager
def nobody() -> Iterator[str]:
    """Host and port where nobody listens, for the time of a block."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        yield _address(one)


@contextlib.contextmanager
def silent_server() -> Iterator[str]:
    """Host and port of a server that takes connections and never answers."""
    with socket.create_server(("127.0.0.1", 0)) as one:
        yield _address(one)


@contextlib.contextmanager
def trickling_server() -> Iterator[str]:
    """Host and port of a server that answers a byte now and then, so that no limit of a socket is reached."""
    ended = threading.Event()

    def trickle(connection: socket.socket) -> None:
        with connection, contextlib.suppress(OSError):
            connection.sendall(b"HTTP/1.1 200 OK\r\nX-Endless: ")
            while not ended.wait(0.02):
                connection.sendall(b"x")

    def serve(server: socket.socket) -> None:
        threads = []
        while not ended.is_set():
            with contextlib.suppress(TimeoutError):
                connection, _ = server.accept()
                threads.append(threading.Thread(target=trickle, args=(connection,)))
                threads[-1].start()
        for thread in threads:
            thread.join()

    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.05)
        thread = threading.Thread(target=serve, args=(server,))
        thread.start()
        try:
            yield _address(server)
        finally:
            ended.set()
            thread.join()
            time.sleep(0.05)  # the client's own thread sees that it ended


@contextlib.contextmanager
def canned_server(
    body: bytes,
    *,
    status: int = 200,
    headers: Mapping[str, str] | None = None,
    certificate: Path | None = None,
) -> Iterator[str]:
    """Host and port of a server that answers every request alike.

    ``certificate`` is a file with one and its key, by which it encrypts.
    """

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.rfile.read(int(self.headers.get("Content-Length") or 0))
            self.send_response(status)
            self.send_header("Content-Length", str(len(body)))
            for name, value in (headers or {}).items():
                self.send_header(name, value)
            self.end_headers()
            with contextlib.suppress(OSError):
                self.wfile.write(body)

        def do_POST(self) -> None:
            self.do_GET()

        def log_message(self, *_: object) -> None:
            """Nothing: a test's output is its own."""

    with _QuietServer(("127.0.0.1", 0), Handler) as server:
        if certificate is not None:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(certificate)
            server.socket = context.wrap_socket(server.socket, server_side=True)
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        try:
            yield f"127.0.0.1:{server.server_port}"
        finally:
            server.shutdown()
            thread.join()


class _QuietServer(ThreadingHTTPServer):
    def handle_error(self, *_: object) -> None:
        """Nothing: whoever does not trust it hangs up."""


def _address(one: socket.socket) -> str:
    return f"127.0.0.1:{one.getsockname()[1]}"
