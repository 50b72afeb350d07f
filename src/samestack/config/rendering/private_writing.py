"""A file with secrets in it, written so that at no moment anyone else may read it."""

import contextlib
import os
from pathlib import Path
from typing import Final

from samestack.errors import OutsideError, RequestError

_MODE: Final = 0o600


def write_private(data: bytes, path: Path) -> None:
    """Write beside ``path`` with mode 0600, then rename; a link there is replaced, not followed.

    :class:`~samestack.errors.RequestError` for what is there and no file, a device or a pipe.
    """
    if path.exists() and not path.is_file():
        raise RequestError(f"{path} is no file", hint="leave out -o, and give the output to another program")
    aside = path.with_name(f".{path.name}.{os.getpid()}.{os.urandom(4).hex()}")
    try:
        descriptor = os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, _MODE)
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
        aside.replace(path)
    except OSError as error:
        raise OutsideError(f"{path}: cannot be written: {error.strerror}") from None
    finally:
        with contextlib.suppress(OSError):
            aside.unlink()
