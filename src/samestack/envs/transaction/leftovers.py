"""What a transaction keeps beside an environment while it works, and what an interrupted one left there."""

import os
from pathlib import Path
from typing import Final

from samestack.errors import OutsideError

_ATTEMPTS: Final = 3


def building(place: Path) -> Path:
    """Where the environment of ``place`` is made before it is moved there."""
    return _beside(place, "building")


def replaced(place: Path) -> Path:
    """Where the earlier environment of ``place`` is until it is deleted."""
    return _beside(place, "replaced")


def unfinished(place: Path) -> Path:
    """A file that is there while an environment, which cannot be moved, is made at ``place``."""
    return place.with_name(f"{_stem(place)}.unfinished")


def are_there(place: Path) -> bool:
    """Whether an interrupted sync has left anything beside an environment."""
    return unfinished(place).exists() or bool(_left(place, "replaced") or _left(place, "building"))


def clean(place: Path) -> None:
    """Bring back an environment that was moved away and not replaced, then delete what was left.

    To be called by whoever holds the directory: whoever made these is dead.
    """
    if unfinished(place).exists():
        delete(place)
        unfinished(place).unlink(missing_ok=True)
    for earlier in _left(place, "replaced"):
        if not os.path.lexists(place):
            earlier.rename(place)
        delete(earlier)
    for half_made in _left(place, "building"):
        delete(half_made)


def delete(directory: Path) -> None:
    """Delete a directory with all that is in it; what is not there is deleted already.

    One on which a disk is mounted is emptied.
    """
    if os.path.ismount(directory):
        _empty(directory)
        return
    import shutil  # most syncs find nothing to delete

    for _ in range(_ATTEMPTS):
        try:
            shutil.rmtree(directory)
        except FileNotFoundError as error:
            if not directory.exists():
                return
            failure: OSError = error
        except OSError as error:
            # An installer that outlived its sync may write there for a moment still.
            failure = error
        else:
            return
    raise OutsideError(f"{directory}: cannot be deleted: {failure.strerror}")


def _empty(directory: Path) -> None:
    for path in directory.iterdir():
        if path.is_dir() and not path.is_symlink():
            delete(path)
        else:
            path.unlink()


def _beside(place: Path, what: str) -> Path:
    return place.with_name(f"{_stem(place)}.{what}-{os.getpid()}-{os.urandom(3).hex()}")


def _left(place: Path, what: str) -> tuple[Path, ...]:
    prefix = f"{_stem(place)}.{what}-"
    return tuple(path for path in place.parent.iterdir() if path.name.startswith(prefix))


def _stem(place: Path) -> str:
    """Hidden, as environments mostly are themselves."""
    return f".{place.name.removeprefix('.')}"
