"""The recommendations over HTTP: ``/recommendations?customer=factory-007&count=3``, and ``/health``."""

from __future__ import annotations

import json
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Dict, List
from urllib.parse import parse_qs, urlsplit

from .errors import InputError
from .recommend import Shop

MOST = 50


def make_server(shop: Shop, host: str, port: int) -> ThreadingHTTPServer:
    """A server that answers for the shop, once ``serve_forever`` is called; port 0 takes any free one."""

    class Handler(_Handler):
        pass

    Handler.shop = shop
    return ThreadingHTTPServer((host, port), Handler)


class _Handler(BaseHTTPRequestHandler):
    shop: Shop
    timeout = 30

    def do_GET(self) -> None:
        address = urlsplit(self.path)
        if address.path == "/health":
            self._send(HTTPStatus.OK, {"status": "ok"})
        elif address.path == "/recommendations":
            self._recommend(parse_qs(address.query))
        else:
            self._send(HTTPStatus.NOT_FOUND, {"error": "try /recommendations?customer=NAME"})

    def log_message(self, format: str, *arguments: object) -> None:  # noqa: A002
        """Say nothing: who asked what is the customers' own business."""

    def _recommend(self, query: Dict[str, List[str]]) -> None:
        try:
            customer, count = _customer(query), _count(query)
        except InputError as error:
            self._send(HTTPStatus.BAD_REQUEST, {"error": str(error)})
            return
        chosen = [one.as_json() for one in self.shop.recommend(customer, count)]
        self._send(HTTPStatus.OK, {"customer": customer, "recommendations": chosen})

    def _send(self, status: HTTPStatus, document: Dict[str, Any]) -> None:
        body = json.dumps(document).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


def _customer(query: Dict[str, List[str]]) -> str:
    names = query.get("customer", [])
    if len(names) != 1:
        raise InputError("expected one customer: /recommendations?customer=NAME")
    return names[0]


def _count(query: Dict[str, List[str]]) -> int:
    text = query.get("count", ["5"])[-1]
    if not (text.isascii() and text.isdigit() and len(text) < 4 and 1 <= int(text) <= MOST):
        raise InputError(f"count: expected a whole number from 1 to {MOST}, not {text!r}")
    return int(text)
