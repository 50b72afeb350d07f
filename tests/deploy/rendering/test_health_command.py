"""The command that asks from within a container, run for real."""

import http.server
import subprocess
import sys
import threading
from collections.abc import Iterator

import pytest

from samestack.deploy.deployment import Health
from samestack.deploy.rendering.health_command import health_command
from tests.deploy.deployments import deployed


class _Answers(http.server.BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.send_response(200 if self.path == "/well" else 503)
        self.end_headers()

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def port() -> Iterator[int]:
    with http.server.HTTPServer(("127.0.0.1", 0), _Answers) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield server.server_port
        server.shutdown()
        thread.join()


def status(health: Health, port: int) -> int:
    python, *words = health_command(deployed(health=health, port=port))
    assert python == "python"
    return subprocess.run([sys.executable, *words], check=False, capture_output=True, timeout=60).returncode


def test_it_succeeds_exactly_if_the_program_answers_well(port: int) -> None:
    assert status(Health(path="/well"), port) == 0
    assert status(Health(path="/sick"), port) == 1
    assert status(Health(), port) == 0


def test_it_fails_where_nothing_listens() -> None:
    assert status(Health(path="/"), 1) == 1
    assert status(Health(), 1) == 1


def test_what_goes_before_what() -> None:
    command = ("ask", "it")
    assert health_command(deployed(health=Health(command=command))) == command
    assert "urllib" in health_command(deployed(health=Health(path="/", command=command)))[-1]
    assert health_command(deployed(health=Health(path="/", command=command), port=0)) == command
    assert not health_command(deployed(health=Health(), port=0))
