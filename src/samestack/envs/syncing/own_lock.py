"""A lock by samestack's own uv backend, read by its lines: all that a sync needs, in a tenth of the time.

What the lines do not tell for certain is left to :func:`samestack.lock.reading.read_lock`.
"""

import os
import re
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from samestack import __version__
from samestack.capture.documents import read_bytes
from samestack.lock.decision import Lock
from samestack.lock.lock_table import LockTable
from samestack.lock.table_text import pylock_table
from samestack.lock.uv.locked_text import LockedPackage, locked_text
from samestack.model import (
    Component,
    Ecosystem,
    Layer,
    Origin,
    Snapshot,
    Stack,
    Standing,
    normalized_python_name,
)

KIND: Final = "pylock.toml"
_OWN: Final = '\ncreated-by = "samestack"\n'
_HEAD: Final = 400
_PYTHON: Final = re.compile(r'^requires-python = "([^"\\]+)"$', re.MULTILINE)
_HASH: Final = re.compile(r'\bhashes = \{ sha256 = "([0-9a-f]{64})" \}')


def own_lock(path: Path) -> Lock | None:
    """The lock, or ``None`` for one that has to be parsed."""
    if path.name != KIND or not path.is_file():
        return None
    text = read_bytes(path).decode("utf-8", "replace")
    if _OWN not in text[:_HEAD]:
        return None
    document, table = locked_text(text), pylock_table(text)
    components = [_component(package) for package in document.packages]
    if table == LockTable() or None in components:
        return None
    stack = Stack.of((*_python(document.head), *filter(None, components)))
    return Lock(path=path, kind=KIND, snapshot=Snapshot(origin=_origin(path), stack=stack), table=table)


def _python(head: str) -> Iterator[Component]:
    said = _PYTHON.search(head)
    if said is not None:
        yield Component(layer=Layer.PYTHON, ecosystem=Ecosystem.GENERIC, name="python", requirement=said[1])


def _component(package: LockedPackage) -> Component | None:
    """The release, where its lines have said it all: each of its files has the one hash that uv writes."""
    hashes = _HASH.findall(package.text)
    files = package.text.count("{ url = ") + package.text.count("{ path = ")
    if package.is_odd or not (package.name and package.version) or not len(hashes) == files > 0:
        return None
    return Component(
        layer=Layer.PACKAGES,
        ecosystem=Ecosystem.PYPI,
        name=normalized_python_name(package.name),
        version=package.version,
        marker=package.marker or None,
        facts={"hashes": tuple(sorted({f"sha256:{digits}" for digits in hashes}))},
    )


def _origin(path: Path) -> Origin:
    return Origin(
        reference=str(path),
        kind=KIND,
        standing=Standing.DECIDED,
        captured_at=time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime()),
        captured_by=f"samestack {__version__}",
        complete=(Layer.PYTHON, Layer.PACKAGES),
        machine=os.uname().nodename,
    )
