"""Values told apart without being shown: keyed fingerprints that mean nothing outside of one run."""

import hmac
import secrets
from typing import Any

import msgspec


def new_key() -> bytes:
    """The key of a run: with it gone, nobody can find a weak secret by trying values."""
    return secrets.token_bytes(32)


def fingerprint(value: Any, key: bytes) -> str:  # noqa: ANN401 - any value of a variable
    """12 hexadecimal digits of HMAC-SHA-256: equal for equal values under one key."""
    return hmac.digest(key, msgspec.json.encode(value, order="deterministic"), "sha256").hex()[:12]
