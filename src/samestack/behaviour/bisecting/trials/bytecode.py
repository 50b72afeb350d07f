"""Bytecode that there is already: to compile a large environment takes longer than to make it."""

import shutil
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

from samestack.behaviour.bisecting.trials.layout import site_packages
from samestack.behaviour.bisecting.trials.store import Unpacked
from samestack.envs.interpreters import Interpreter

_CACHE: Final = "__pycache__"


def take_bytecode(packages: Iterable[Unpacked], interpreter: Interpreter, environment: Path) -> None:
    """Put the bytecode of unpacked packages beside the same sources in an environment.

    Python holds it against its source before it uses it, and so does whoever compiles the rest.
    """
    site = site_packages(interpreter)
    for one in packages:
        for directory in _caches(one.prefix / site):
            place = environment / site / directory
            if place.parent.is_dir() and not place.exists():
                shutil.copytree(one.prefix / site / directory, place)


def _caches(site: Path) -> Iterator[Path]:
    """The directories of bytecode, relative to a site directory."""
    yield from (path.relative_to(site) for path in site.rglob(_CACHE))
