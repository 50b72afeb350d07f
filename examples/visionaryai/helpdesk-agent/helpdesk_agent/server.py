"""The helpdesk over HTTP: ``POST /ask`` with ``{"question": "…"}``, ``GET /topics`` and ``GET /health``."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

from .agent import Agent
from .errors import InputError
from .history import History

MOST_BYTES = 16_384


class Server(HTTPServer):
    """Answers at most so many requests at once; further ones wait."""

    def __init__(self, address: tuple[str, int], handler: type[BaseHTTPRequestHandler], workers: int) -> None:
        super().__init__(address, handler)
        self._workers = ThreadPoolExecutor(workers)

    def process_request(self, request: Any, client_address: Any) -> None:  # noqa: ANN401 - as it is declared
        """Leave the request to a worker."""
        self._workers.submit(self._process, request, client_address)

    def server_close(self) -> None:
        """Leave the port, once what is being answered is answered."""
        super().server_close()
        self._workers.shutdown()

    def _process(self, request: Any, client_address: Any) -> None:  # noqa: ANN401
        try:
            self.finish_request(request, client_address)
        except OSError:
            self.handle_error(request, client_address)
        finally:
            self.shutdown_request(request)


def make_server(
    agent: Agent,
    address: tuple[str, int],
    *,
    history: History | None = None,
    workers: int = 4,
    is_telling: bool = False,
) -> Server:
    """A server that answers for the agent, once ``serve_forever`` is called; port 0 takes any free one.

    Answers are kept in ``history``. With ``is_telling`` it writes a line for each request.
    """

    class Handler(_Handler):
        pass

    Handler.agent, Handler.history, Handler.is_telling = agent, history, is_telling
    return Server(address, Handler, workers)


class _Handler(BaseHTTPRequestHandler):
    agent: Agent
    history: History | None = None
    is_telling = False
    timeout = 30

    def do_GET(self) -> None:
        if self.path == "/health":
            self._send(HTTPStatus.OK, {"status": "ok"})
        elif self.path == "/topics" and self.history is not None:
            self._send(HTTPStatus.OK, self.history.topics())
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
        if self.history is not None:
            self.history.add(answer)
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
