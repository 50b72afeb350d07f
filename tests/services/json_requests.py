"""Requests of tests to servers of their own: straight to them, past any proxy."""

from collections.abc import Mapping
from typing import Any

import requests


def ask(
    method: str, address: str, headers: Mapping[str, str], body: bytes | Mapping[str, Any] | None = None
) -> Any:
    """The document of an answer, ``None`` where it has none; ``requests.RequestException`` for a refusal."""
    with requests.Session() as session:
        session.trust_env = False
        sent = {"json": body} if isinstance(body, Mapping) else {"data": body}
        answer = session.request(method, address, headers=dict(headers), timeout=10, **sent)
        answer.raise_for_status()
        return answer.json() if answer.content else None
