"""Which environments samestack has made: one small file for each, in the user's own directory of state.

It is a help and no truth: an environment works as well without its entry, and an entry without its
environment is dropped. The time of last change of an entry's file is when the environment was last used: two
processes that both say so cannot get in each other's way.
"""

import contextlib
import os
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from samestack.codec import encode
from samestack.envs.managing.state import entry_file, is_environment, state_directory
from samestack.errors import OutsideError
from samestack.files import write_file
from samestack.project.manifest import Backend

_MAX_BYTES: Final = 64 * 1024


class Registered(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """An environment as it was made; times are in UTC, as in ``2026-01-31T12:00:00Z``."""

    environment: str
    """Its directory, absolute."""
    backend: Backend
    python: str = ""
    """The release of its interpreter."""
    project: str = ""
    """The project's directory, absolute; empty for an environment that belongs to none."""
    lock: str = ""
    """The lock that it was made from, absolute."""
    lock_digest: str = ""
    """``sha256:`` of that lock's bytes."""
    created: str = ""
    """When it was first synced at this place."""
    synced: str = ""
    used: str = ""
    """When it was last synced or run in; not in the file, but told by it."""


def record(registered: Registered) -> None:
    """Note that an environment was made, or made anew; ``created`` is kept, ``synced`` is now.

    Never an error: an environment is not worse for not being listed.
    """
    directory = state_directory()
    if directory is None:
        return
    environment, now = Path(registered.environment).resolve(), _now()
    file = entry_file(directory, environment)
    before = _read(file)
    created = before.created if before is not None and before.created else now
    entry = replace(registered, environment=str(environment), created=created, synced=now, used="")
    with contextlib.suppress(OSError, OutsideError):
        directory.mkdir(mode=0o700, parents=True, exist_ok=True)
        write_file(encode(entry), file)


def registered_at(environment: Path) -> Registered | None:
    """The entry of the environment in a directory."""
    directory = state_directory()
    return None if directory is None else _read(entry_file(directory, environment.resolve()))


def registered_environments() -> tuple[Registered, ...]:
    """Every environment that is still there, the last used first; the entries of others are dropped."""
    directory = state_directory()
    if directory is None or not directory.is_dir():
        return ()
    kept = []
    for file in directory.glob("*.json"):
        entry = _read(file)
        if entry is None or not is_environment(Path(entry.environment)):
            with contextlib.suppress(OSError):
                file.unlink()
        else:
            kept.append(entry)
    return tuple(sorted(kept, key=lambda entry: (entry.used, entry.environment), reverse=True))


def forget(environment: Path) -> None:
    """Drop the entry of an environment, if it has one."""
    directory = state_directory()
    if directory is not None:
        with contextlib.suppress(OSError):
            entry_file(directory, environment.resolve()).unlink()


def _read(file: Path) -> Registered | None:
    """The entry in a file; what is no entry is as good as none."""
    try:
        with file.open("rb") as opened:
            data = opened.read(_MAX_BYTES)
            used = os.fstat(opened.fileno()).st_mtime
        entry = msgspec.json.decode(data, type=Registered)
    except (OSError, msgspec.DecodeError, UnicodeDecodeError):
        return None
    if entry_file(file.parent, Path(entry.environment)) != file:
        return None
    return replace(entry, used=_text(datetime.fromtimestamp(used, UTC)))


def _now() -> str:
    return _text(datetime.now(UTC))


def _text(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")
