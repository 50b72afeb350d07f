"""Secrets as files: read once, laid in memory where only the container sees them, gone when it has ended.

A container runs as another user than the one whose files these are, so the files themselves cannot simply be
mounted: what their owner alone may read, it could not. Copies that everybody may read stand in a directory
that nobody else of this machine can enter.
"""

import os
import re
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import Final

from msgspec import Struct

from samestack.capture.documents import read_bytes
from samestack.errors import OutsideError, RequestError

PLACE: Final = "/run/secrets"
"""Where they stand in the container, as with Docker's and podman's own secrets."""
MOST_BYTES: Final = 1 << 20

_NAME: Final = re.compile(r"[A-Za-z0-9_-][A-Za-z0-9_.-]{0,254}")
_HINT: Final = "write NAME=FILE: --secret database-password=password.txt"


class Secret(Struct, frozen=True):
    """A file, and the name that the container sees it by."""

    name: str
    file: Path


def parse_secret(text: str) -> Secret:
    """Read ``NAME=FILE``; :class:`RequestError` for anything else."""
    name, equals, file = text.partition("=")
    if not equals or not file:
        # What stands there may be the secret itself.
        raise RequestError("a secret is given by the file that holds it", hint=_HINT)
    if not _NAME.fullmatch(name):
        raise RequestError(f"'{name}' cannot be the name of a secret", hint="letters, digits, '_', '-', '.'")
    return Secret(name, Path(file))


def private_directory() -> Path:
    """A new directory that only this user can enter, in memory where there is room for it."""
    try:
        return Path(tempfile.mkdtemp(prefix="samestack-secrets-", dir=_in_memory()))
    except OSError as error:
        raise OutsideError(f"there is no place for secrets: {error.strerror}") from None


def lay_out(secrets: Iterable[Secret], directory: Path) -> Path:
    """The directory below a private one that the container is given, with the secrets in it.

    :class:`RequestError` where two have one name, :class:`InputError` where a file cannot be read.
    """
    contents = _contents(secrets)
    laid = directory / "secrets"
    try:
        laid.mkdir()
        for name, data in contents.items():
            (laid / name).write_bytes(data)
            (laid / name).chmod(0o444)
        laid.chmod(0o555)
    except OSError as error:
        raise OutsideError(f"secrets cannot be laid out: {error.strerror}") from None
    return laid


def _contents(secrets: Iterable[Secret]) -> dict[str, bytes]:
    contents: dict[str, bytes] = {}
    for one in secrets:
        if one.name in contents:
            raise RequestError(f"the secret '{one.name}' is given twice")
        contents[one.name] = read_bytes(one.file, limit=MOST_BYTES)
    return contents


def _in_memory() -> str | None:
    """A directory that is on no disk, if there is one: this user's own, or everybody's."""
    places = (os.environ.get("XDG_RUNTIME_DIR", ""), "/dev/shm")  # noqa: S108 - the directory in it is ours alone
    return next((place for place in places if place and os.access(place, os.W_OK | os.X_OK)), None)
