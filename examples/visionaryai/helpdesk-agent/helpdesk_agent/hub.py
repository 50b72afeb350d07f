"""The network from where it is published, for those who have a key."""

from __future__ import annotations

import urllib.error
import urllib.request
from pathlib import Path
from urllib.parse import urlsplit

from .errors import InputError

LARGEST = 64 * 1024 * 1024
"""Bytes of a network that is fetched."""
_SECONDS = 30
_LOCAL = ("127.0.0.1", "localhost", "::1")


def fetch_network(url: str, key: str, directory: Path) -> Path:
    """Fetch the network into a directory, as ``intents.keras``. Raises ``InputError`` without the key.

    The key goes to an encrypted address alone, or to this machine.
    """
    parts = urlsplit(url)
    if parts.scheme != "https" and not (parts.scheme == "http" and parts.hostname in _LOCAL):
        raise InputError("NETWORK_URL is no https address")
    request = urllib.request.Request(url, headers={"Authorization": f"Bearer {key}"})  # noqa: S310 - see above
    try:
        with urllib.request.urlopen(request, timeout=_SECONDS) as answer:  # noqa: S310
            data = answer.read(LARGEST + 1)
    except urllib.error.HTTPError as error:
        raise InputError(f"{parts.hostname} does not give the network: {error.code} {error.reason}") from None
    except OSError:
        raise InputError(f"{parts.hostname} cannot be reached for the network") from None
    if len(data) > LARGEST:
        raise InputError(f"the network at {parts.hostname} is larger than {LARGEST} bytes")
    path = directory / "intents.keras"
    path.write_bytes(data)
    return path
