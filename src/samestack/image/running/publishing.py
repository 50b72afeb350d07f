"""Ports of a container that this machine offers, in the words of engines."""

import re
from ipaddress import ip_address
from typing import Final

from samestack.errors import RequestError

_HERE: Final = "127.0.0.1"
_PORTS: Final = re.compile(
    r"(?:(?:(?P<address>[^\[\]:]+|\[[^\[\]]+\]):)?(?P<host>\d{1,5}):)?"
    r"(?P<container>\d{1,5})(?P<protocol>/tcp|/udp)?"
)
_MOST: Final = 65535


def published(text: str) -> str:
    """``ADDRESS:PORT:PORT`` for an engine, from ``[[ADDRESS:]PORT:]PORT``; the last is the container's.

    Without an address only this machine itself can connect: an engine's own choice would be the whole
    network, past the firewall.
    """
    match = _PORTS.fullmatch(text)
    if match is None:
        raise _malformed(text)
    address, container = match["address"] or _HERE, match["container"]
    host = match["host"] or container
    if not (_is_address(address) and _is_port(host) and _is_port(container)):
        raise _malformed(text)
    return f"{address}:{host}:{container}{match['protocol'] or ''}"


def _is_address(text: str) -> bool:
    try:
        return bool(ip_address(text.removeprefix("[").removesuffix("]")))
    except ValueError:
        return False


def _is_port(text: str) -> bool:
    return 1 <= int(text) <= _MOST


def _malformed(text: str) -> RequestError:
    return RequestError(f"'{text}' is no port to publish", hint="for example 8000, or 8080:8000")
