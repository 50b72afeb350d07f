"""A new age identity in a key file of one's own."""

import datetime as dt
import os
from pathlib import Path

from samestack.errors import OutsideError, RequestError
from samestack.libraries import library


def generate_identity(path: Path, now: dt.datetime) -> str:
    """Write a new identity to a file that only its owner can read; the recipient that belongs to it.

    :class:`RequestError` where the file is there: what a lost key encrypted is lost.
    """
    identity = library("pyrage", "a key of age", extra="config").x25519.Identity.generate()
    recipient = str(identity.to_public())
    text = f"# created: {now:%Y-%m-%dT%H:%M:%SZ}\n# public key: {recipient}\n{identity}\n"
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
    except FileExistsError:
        hint = "use it, or name another file in SAMESTACK_AGE_IDENTITY_FILE"
        raise RequestError(f"{path} is there already, and stays", hint=hint) from None
    except OSError as error:
        raise OutsideError(f"{path}: cannot be written: {error.strerror}") from None
    _fill(descriptor, text, path)
    return recipient


def _fill(descriptor: int, text: str, path: Path) -> None:
    try:
        with os.fdopen(descriptor, "w") as file:
            file.write(text)
    except OSError as error:
        path.unlink(missing_ok=True)
        raise OutsideError(f"{path}: cannot be written: {error.strerror}") from None
