"""The paths of a project's files: what git keeps there, else all that no ``.gitignore`` passes over."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Final

from samestack.capture.documents import read_text
from samestack.capture.git.checkout import Checkout, checkout_around
from samestack.capture.git.index import index_entries
from samestack.capture.tree import MachineTree
from samestack.errors import OutsideError, RequestError
from samestack.image.building.file_patterns import NEVER, built_in, patterns
from samestack.image.settings import PLACE

if TYPE_CHECKING:
    from pathspec import GitIgnoreSpec

_Ignored = tuple[tuple[str, "GitIgnoreSpec"], ...]
"""Patterns, each with the directory that they are written for."""

_MADE: Final = ("oci-layout", "pyvenv.cfg")
"""The files that tell of a directory that it was made: an image, an environment."""

_MOST_FILES: Final = 100_000


def project_paths(directory: Path) -> tuple[str, ...]:
    """The files and links, relative to the directory, in order.

    :class:`RequestError` where there are more than an application has; :class:`OutsideError` where a
    directory cannot be read.
    """
    known = tuple(_kept_by_git(directory))
    found = known or tuple(_limited(_walked(directory, "", ()), directory))
    return tuple(sorted(found))


def _kept_by_git(directory: Path) -> Iterator[str]:
    place = os.path.realpath(directory)
    checkout = checkout_around(MachineTree(), place)
    if checkout is None:
        return
    below = os.path.relpath(place, checkout.root)
    start = "" if below == "." else f"{below}/"
    for path in _in_index(checkout):
        inside = path.removeprefix(start)
        if path.startswith(start) and _is_file(Path(place, inside)):
            yield inside


def _in_index(checkout: Checkout) -> Iterator[str]:
    try:
        content = Path(checkout.directory, "index").read_bytes()
        yield from {entry.path for entry in index_entries(content)}
    except (OSError, ValueError):  # nothing is kept there, or nothing that is known here
        return


def _is_file(path: Path) -> bool:
    """Whether it is still there and is no submodule."""
    return path.is_symlink() or path.is_file()


def _limited(paths: Iterator[str], directory: Path) -> Iterator[str]:
    for count, path in enumerate(paths):
        if count >= _MOST_FILES:
            hint = f"say what belongs into the image: {PLACE}.include"
            raise RequestError(f"{directory} holds more than {_MOST_FILES} files", hint=hint)
        yield path


def _walked(root: Path, below: str, ignored: _Ignored) -> Iterator[str]:
    ignored = (*ignored, *_written(root, below))
    for entry in _listed(root / below):
        path = f"{below}{entry.name}"
        if entry.is_dir(follow_symlinks=False):
            is_passed_over = _is_ignored(f"{path}/", ignored) or built_in(NEVER).match_file(f"{path}/")
            if not is_passed_over and not any(Path(entry.path, sign).is_file() for sign in _MADE):
                yield from _walked(root, f"{path}/", ignored)
        elif (entry.is_symlink() or entry.is_file()) and not _is_ignored(path, ignored):
            yield path


def _listed(directory: Path) -> list[os.DirEntry[str]]:
    try:
        with os.scandir(directory) as found:
            return list(found)
    except OSError as error:
        raise OutsideError(f"{directory}: cannot be read: {error.strerror}") from None


def _written(root: Path, below: str) -> _Ignored:
    file = root / below / ".gitignore"
    if not file.is_file():
        return ()
    return ((below, patterns(read_text(file).splitlines(), file=str(file))),)


def _is_ignored(path: str, ignored: _Ignored) -> bool:
    """The innermost directory that says anything of it has the last word, as with git."""
    for below, spec in reversed(ignored):
        said = spec.check_file(path.removeprefix(below)).include
        if said is not None:
            return said
    return False
