"""The files of a Dockerfile in a directory, where nobody else's are overwritten."""

from pathlib import Path
from typing import Final

from samestack.errors import OutsideError, RequestError
from samestack.files import write_file
from samestack.image.dockerfile.choices import Dockerfile

_MARK: Final = b" by samestack"
_HEAD_BYTES: Final = 1024


def save(made: Dockerfile, directory: Path, *, is_forced: bool = False) -> tuple[Path, ...]:
    """Write them; which ones, the Dockerfile last, since it needs the others.

    :class:`RequestError`, and nothing is written, where one stands there that somebody else wrote.
    """
    if not is_forced:
        for name in made.files:
            _check_is_ours(directory / name)
    ordered = sorted(made.files, key=lambda name: (name == "Dockerfile", name))
    return tuple(_saved(made.files[name], directory / name) for name in ordered)


def _check_is_ours(path: Path) -> None:
    try:
        with path.open("rb") as file:
            is_ours = _MARK in file.read(_HEAD_BYTES)
    except FileNotFoundError:
        return
    except OSError as error:
        raise OutsideError(f"{path}: cannot be read: {error.strerror}") from None
    if not is_ours:
        hint = "write elsewhere with -o DIR, or over it with --force"
        raise RequestError(f"{path} was not written by samestack", hint=hint)


def _saved(data: bytes, path: Path) -> Path:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise OutsideError(f"{path.parent}: cannot be made: {error.strerror}") from None
    write_file(data, path)
    return path
