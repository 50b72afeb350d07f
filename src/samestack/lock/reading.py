"""A lock that stands somewhere, whichever tool wrote it."""

from pathlib import Path
from typing import Final

from samestack.capture.options import Options
from samestack.capture.paths import capture_file
from samestack.errors import InputError, RequestError
from samestack.lock.decision import Lock
from samestack.lock.table_text import table_of
from samestack.model import Kind, Layer, Reference, Snapshot, Standing
from samestack.project.manifest import LOCK_NAMES, Project

_OTHERS: Final = ("uv.lock", "poetry.lock", "pixi.lock", "conda-lock.yml")
"""Locks that other tools write, in the order in which they are looked for."""


def read_lock(path: Path) -> Lock:
    """A lock of any kind that is captured, or requirements with a release and hashes for each package.

    :class:`InputError` for what is malformed, or no lock.
    """
    if not path.is_file():
        raise RequestError(f"'{path}': no such file", hint="samestack lock makes a lock")
    snapshot = capture_file(Reference(Kind.PATH, str(path)), path, Options())
    _check_is_decided(path, snapshot)
    return Lock(path=path, kind=snapshot.origin.kind, snapshot=snapshot, table=table_of(path))


def find_lock(project: Project) -> Path | None:
    """The lock of a project: its backend's, else one that another tool left beside the manifest."""
    own = LOCK_NAMES[project.backend]
    paths = (project.directory / name for name in dict.fromkeys((own, *_OTHERS)))
    return next((path for path in paths if path.is_file()), None)


def _check_is_decided(path: Path, snapshot: Snapshot) -> None:
    """Requirements are a lock where each has one release and the hashes of its files."""
    if snapshot.origin.standing is Standing.DECIDED:
        return
    hint = "name a lock, or make one: samestack lock"
    if snapshot.origin.kind != "requirements.txt":
        raise InputError(str(path), "it asks for packages and decides none", hint=hint)
    for one in snapshot.stack.layer(Layer.PACKAGES):
        is_decided = (one.version and one.facts.get("hashes")) or one.source
        if not is_decided:
            raise InputError(str(path), f"'{one.label}' has no release with hashes: it is no lock", hint=hint)
