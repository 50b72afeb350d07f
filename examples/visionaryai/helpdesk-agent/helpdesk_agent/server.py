"""The helpdesk over HTTP: ``POST /ask`` with ``{"question": "…"}``, and ``GET /health``."""

from __future__ import annotations

import json
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from .agent import Agent
from .errors import InputError

MOST_BYTES = 16_384


def make_server(agent: Agent, host: str, port: int, *, is_telling: bool = False) -> ThreadingHTTPServer:
    """A server that answers for the agent, once ``serve_forever`` is called; port 0 takes any free one.

    With ``is_telling`` it writes a line for each request.
    """

    class Handler(_Handler):
        pass

    Handler.agent, Handler.is_telling = agent, is_telling
    return ThreadingHTTPServer((host, port), Handler)


class _Handler(BaseHTTPRequestHandler):
    agent: Agent
    is_telling = False
    timeout = 30

    def do_GET(self) -> None:
        if self.path == "/health":
            self._send(HTTPStatus.OK, {"status": "ok"})
        else:
            self._refuse(HTTPStatus.NOT_FOUND, 'try POST /ask with {"question": "…"}')

    def do_POST(self) -> None:
        if self.path != "/ask":
            self._refuse(HTTPStatus.NOT_FOUND, 'try POST /ask with {"question": "…"}')
            return
        length = self.headers.get("Content-Length", "")
        if not (length.isascii() and length.isdigit()):
            self._refuse(HTTPStatus.LENGTH_REQUIRED, "expected a Content-Length")
        elif len(length) > 9 or int(length) > MOST_BYTES:
            self._refuse(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, f"at most {MOST_BYTES} bytes are read")
        else:
            self._answer(self.rfile.read(int(length)))

    def log_message(self, format: str, *arguments: object) -> None:  # noqa: A002
        """Say at most what was requested, never what was asked: that is the customers' own business."""
        if self.is_telling:
            print(format % arguments, flush=True)

    def _answer(self, body: bytes) -> None:
        try:
            answer = self.agent.answer(_question(body))
        except InputError as error:
            self._refuse(HTTPStatus.BAD_REQUEST, str(error))
            return
        self._send(HTTPStatus.OK, answer.as_json())

    def _refuse(self, status: HTTPStatus, reason: str) -> None:
        self.close_connection = True
        self._send(status, {"error": reason})

    def _send(self, status: HTTPStatus, document: dict[str, Any]) -> None:
        body = json.dumps(document).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


def _question(body: bytes) -> str:
    try:
        document = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise InputError("the request is not JSON") from error
    if not (isinstance(document, dict) and isinstance(document.get("question"), str)):
        raise InputError('expected {"question": "…"}')
    return str(document["question"])
