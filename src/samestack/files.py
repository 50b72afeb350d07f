"""Files that appear whole or not at all."""

import contextlib
import os
from pathlib import Path

from samestack.errors import OutsideError


def write_file(data: bytes, path: Path) -> None:
    """Write beside ``path``, then rename: whatever happens, there is the old file or the new one."""
    aside = path.with_name(f".{path.name}.{os.getpid()}.{os.urandom(4).hex()}")
    try:
        with aside.open("xb") as file:
            file.write(data)
        aside.replace(path)
    except OSError as error:
        raise OutsideError(f"{path}: cannot be written: {error.strerror}") from None
    finally:
        with contextlib.suppress(FileNotFoundError):
            aside.unlink()
