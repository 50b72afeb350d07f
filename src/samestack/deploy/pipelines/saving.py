"""A pipeline's file, written where nobody's work is lost: ours as long as it is as we wrote it."""

import hashlib
from enum import StrEnum
from pathlib import Path
from typing import Final

from samestack.errors import InputError, OutsideError
from samestack.files import write_file

_MARK: Final = "# Written by: samestack init --ci"
_DIGEST: Final = "# What follows is as it was written while its SHA-256 is "
_ABOUT: Final = "# Change the project and run that again; or take these three lines out, and it is yours.\n"


class Standing(StrEnum):
    """What a place holds."""

    FREE = "free"
    OURS = "ours"
    """As samestack wrote it."""
    CHANGED = "changed"
    """Written by samestack, and changed since."""
    FOREIGN = "foreign"


def sealed(text: str, platform: str) -> bytes:
    """The text below a head that says who wrote it, and tells whether anybody changed it."""
    head = f"{_MARK} {platform}\n{_ABOUT}{_DIGEST}{_hash(text)}\n\n"
    return (head + text).encode()


def standing(path: Path) -> Standing:
    """What is there; :class:`~samestack.errors.OutsideError` where it cannot be read."""
    if not path.exists() and not path.is_symlink():
        return Standing.FREE
    try:
        text = path.read_text(encoding="utf-8", errors="replace")
    except OSError as error:
        raise OutsideError(f"{path}: cannot be read: {error.strerror}") from None
    if not text.startswith(_MARK):
        return Standing.FOREIGN
    head, _, body = text.partition("\n\n")
    said = head.rpartition(_DIGEST)[2]
    return Standing.OURS if said == _hash(body) else Standing.CHANGED


def is_to_be_written(data: bytes, path: Path, *, is_forced: bool = False) -> bool:
    """Whether something else is there than it has to be.

    :class:`~samestack.errors.InputError` where somebody else wrote that, whatever is forced, or changed ours.
    """
    found = standing(path)
    if found is Standing.FOREIGN:
        hint = "move it away, or see what would be written with --dry-run"
        raise InputError(str(path), "somebody else wrote it, and it is left as it is", hint=hint)
    if found is Standing.CHANGED and not is_forced:
        hint = "compare with --dry-run; --force writes over it"
        raise InputError(str(path), "it was changed since samestack wrote it", hint=hint)
    return found is Standing.FREE or path.read_bytes() != data


def save(data: bytes, path: Path) -> None:
    """Write it, with the directories that it needs."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise OutsideError(f"{path.parent}: cannot be made: {error.strerror}") from None
    write_file(data, path)


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
