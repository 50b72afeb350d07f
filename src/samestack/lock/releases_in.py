"""The releases in the content of a lock, whether or not it stands in a file yet."""

import tempfile
from pathlib import Path
from typing import Final

from samestack.compare.releases import releases
from samestack.files import write_file
from samestack.model import Stack

_OWN: Final = b'created-by = "samestack"'
"""A lock that is as regular as uv writes it, so that its lines tell everything."""
_HEAD: Final = 400


def releases_in(path: Path, data: bytes) -> Stack:
    """The releases that a lock decides, for all platforms together; the name of ``path`` tells its kind."""
    if path.suffix == ".toml" and _OWN in data[:_HEAD]:
        from samestack.lock.uv.described import releases_of
        from samestack.lock.uv.locked_text import locked_text

        return releases_of(locked_text(data.decode()).packages)
    from samestack.lock.reading import read_lock

    with tempfile.TemporaryDirectory(prefix="samestack-lock-") as name:
        aside = Path(name, path.name)
        write_file(data, aside)
        return releases(read_lock(aside).snapshot.stack)
