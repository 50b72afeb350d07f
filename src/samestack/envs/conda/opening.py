"""How channels are opened that ask for a password or a token: by what the project's own files say of them.

A lock keeps none of it, and rattler writes the address of every package into the prefix. So packages are
asked for by their bare addresses, and what opens the channel is added to the request alone.
"""

import base64
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote, urlsplit

from msgspec import Struct

from samestack.lock.conda.channels import secrets_of
from samestack.project.manifest import Project
from samestack.solve.wish_files.environment_wishes import read_environment

if TYPE_CHECKING:
    from rattler import Client


class _Password(Struct, frozen=True):
    """What is said to a host about everything below a path."""

    host: str
    path: str
    authorization: str


def secrets_of_project(project: Project) -> dict[str, str]:
    """By the beginning of addresses without a secret, the one with it."""
    channels = project.manifest.channels or tuple(_channels_of_files(project))
    return dict(secrets_of(channels))


def opening_client(secrets: Mapping[str, str]) -> "Client | None":
    """Who fetches from these channels; ``None`` where whoever always does will do."""
    if not secrets:
        return None
    from rattler import Client
    from rattler.networking import (
        AddHeadersMiddleware,
        AuthenticationMiddleware,
        MirrorMiddleware,
        RetryMiddleware,
    )

    passwords = [_password(secret) for secret in secrets.values() if "@" in secret]

    def headers(host: str, path: str) -> dict[str, str] | None:
        said = (one for one in passwords if one.host == host and path.startswith(one.path))
        return next(({"Authorization": one.authorization} for one in said), None)

    tokens = {bare: [_without_user(secret)] for bare, secret in secrets.items()}
    middlewares: Any = (
        RetryMiddleware(),
        AuthenticationMiddleware(),
        MirrorMiddleware(tokens),
        AddHeadersMiddleware(headers),
    )
    return Client(list(middlewares))


def _channels_of_files(project: Project) -> Iterator[str]:
    for name in project.wishes:
        if name.endswith((".yml", ".yaml")):
            yield from read_environment(project.directory / name).channels


def _password(secret: str) -> _Password:
    parts = urlsplit(secret)
    said = f"{unquote(parts.username or '')}:{unquote(parts.password or '')}"
    encoded = base64.b64encode(said.encode()).decode()
    return _Password(parts.hostname or "", parts.path, f"Basic {encoded}")


def _without_user(address: str) -> str:
    parts = urlsplit(address)
    return parts._replace(netloc=parts.netloc.rpartition("@")[2]).geturl()
