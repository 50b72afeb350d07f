"""The network is fetched by those who have a key."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

from helpdesk_agent.errors import InputError
from helpdesk_agent.hub import fetch_network


class Hub(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        is_known = self.headers["Authorization"] == "Bearer canary"
        self.send_response(200 if is_known else 401)
        self.end_headers()
        self.wfile.write(b"network" if is_known else b"")

    def log_message(self, *arguments: object) -> None:
        """Nothing."""


@pytest.fixture
def url() -> Iterator[str]:
    with HTTPServer(("127.0.0.1", 0), Hub) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/intents.keras"
        server.shutdown()
        thread.join()


def test_it_is_fetched_with_the_key(url: str, tmp_path: Path) -> None:
    assert fetch_network(url, "canary", tmp_path).read_bytes() == b"network"


def test_not_without_and_not_openly(url: str, tmp_path: Path) -> None:
    for address, key in ((url, "other-canary"), ("http://example.org/x", "canary"), ("file:///x", "canary")):
        with pytest.raises(InputError) as caught:
            fetch_network(address, key, tmp_path)
        assert "canary" not in str(caught.value)
    assert list(tmp_path.iterdir()) == []
