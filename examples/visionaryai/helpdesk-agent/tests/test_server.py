"""The server answers over real HTTP, and refuses what it cannot read."""

from __future__ import annotations

import json
from collections.abc import Iterator
from http.client import HTTPConnection
from threading import Thread
from typing import Any

import pytest

from helpdesk_agent.agent import Agent
from helpdesk_agent.server import MOST_BYTES, make_server


@pytest.fixture(scope="module")
def port(agent: Agent) -> Iterator[int]:
    """Where the server listens."""
    with make_server(agent, ("127.0.0.1", 0)) as server:
        thread = Thread(target=server.serve_forever)
        thread.start()
        yield server.server_address[1]
        server.shutdown()
        thread.join()


def send(port: int, method: str, path: str, body: bytes | None = None) -> tuple[int, dict[str, Any]]:
    connection = HTTPConnection("127.0.0.1", port, timeout=60)
    try:
        connection.request(method, path, body)
        answer = connection.getresponse()
        return answer.status, json.load(answer)
    finally:
        connection.close()


def test_it_answers_a_question(port: int, agent: Agent) -> None:
    question = "the api answers 401"
    answer = send(port, "POST", "/ask", json.dumps({"question": question}).encode())
    assert answer == (200, agent.answer(question).as_json())
    assert answer[1]["article"] == "key-refused"


def test_it_is_well(port: int) -> None:
    assert send(port, "GET", "/health") == (200, {"status": "ok"})


@pytest.mark.parametrize(
    ("method", "path", "body", "status"),
    [
        ("GET", "/", None, 404),
        ("POST", "/else", b"{}", 404),
        ("POST", "/ask", b"", 400),
        ("POST", "/ask", b"[]", 400),
        ("POST", "/ask", b'{"question": 3}', 400),
        ("POST", "/ask", b'{"question": " "}', 400),
        ("POST", "/ask", b"\xff", 400),
        ("POST", "/ask", b"[" * 9000, 400),
        ("POST", "/ask", b"x" * (MOST_BYTES + 1), 413),
    ],
)
def test_what_it_cannot_answer_it_says(
    port: int, method: str, path: str, body: bytes | None, status: int
) -> None:
    answered, document = send(port, method, path, body)
    assert answered == status
    assert list(document) == ["error"]
