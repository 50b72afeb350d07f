"""A small root of Debian with Python, as a tar archive that engines import; made once and kept for weeks."""

import os
import tempfile
import time
from pathlib import Path
from typing import Final

from samestack.capture.cache import cache_directory
from samestack.process import run
from tests.services.debian_packages import bootstrap
from tests.services.requirement import require_program, unavailable

SUITE: Final = "bookworm"
PACKAGES: Final = ("ca-certificates", "python3", "python3-venv")
_FRESH_SECONDS: Final = 30 * 24 * 3600
_LEFT_OUT: Final = ("./dev/*", "./proc/*", "./sys/*", "./var/cache/apt/*", "./var/lib/apt/lists/*")


def base_archive() -> Path:
    """The archive, from the cache of whoever runs the tests; only root can make one."""
    directory = kept_in("test-roots")
    archive = directory / f"{'-'.join((SUITE, *PACKAGES))}.tar"
    if not _is_fresh(archive):
        directory.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=directory, prefix=".making-") as aside:
            _make(Path(aside)).rename(archive)
    return archive


def _make(directory: Path) -> Path:
    root = bootstrap(SUITE, list(PACKAGES), directory / "root")
    archive = directory / "root.tar"
    without = [f"--exclude={pattern}" for pattern in _LEFT_OUT]
    run([require_program("tar"), "--create", "--file", archive, *without, "--directory", root, "."])
    return archive


def _is_fresh(archive: Path) -> bool:
    return archive.is_file() and time.time() - archive.stat().st_mtime < _FRESH_SECONDS


def kept_in(name: str) -> Path:
    """A directory below the cache of whoever runs the tests, for what is costly to make or to fetch."""
    # The tests have a SAMESTACK_CACHE of their own, which does not outlive them.
    variables = {key: value for key, value in os.environ.items() if key != "SAMESTACK_CACHE"}
    found = cache_directory(variables, name)
    return Path(found) if found is not None else unavailable(f"there is no directory to keep {name} in")
