"""Bytecode for an environment that is imported again and again, and none that is of an earlier release."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from samestack.process import run

_CACHE: Final = "__pycache__"


def compile_all(prefix: Path) -> None:
    """Compile with the environment's own interpreter what is not compiled yet.

    What cannot be compiled (templates, the sources of another Python) is no worse off than before.
    """
    for directory in prefix.glob("lib/python*/site-packages"):
        for stale in _stale(directory):
            stale.unlink()
        words = ("-I", "-m", "compileall", "-qq", "-j", str(len(os.sched_getaffinity(0))), directory)
        run((prefix / "bin/python", *words), check=False)


def _stale(directory: Path) -> Iterator[Path]:
    """Bytecode that is older than its source is here, or has none.

    Python tells by the time and size that a source says of itself: those of two releases can be the same, and
    in packages of conda's all times mostly are.
    """
    for cache in list(directory.rglob(_CACHE)):
        for compiled in cache.iterdir():
            source = cache.parent / f"{compiled.name.partition('.')[0]}.py"
            if not source.exists() or source.stat().st_ctime_ns > compiled.stat().st_mtime_ns:
                yield compiled
