"""A directory with a file for each variable: ``/run/secrets``, and secrets as Kubernetes mounts them.

Kubernetes keeps the files of one version in a hidden directory, to which ``..data`` is a link, and the names
that programs see are links through ``..data``. A new version appears by one rename of ``..data``.
"""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Final, NamedTuple

from samestack.config.entry import Entry, Origin
from samestack.config.names import BETWEEN, variable_name
from samestack.config.rank import Rank
from samestack.config.sources.kind import Question, SourceKind
from samestack.errors import InputError
from samestack.outside.local_file import read_local, revision_of, unreadable
from samestack.outside.source_error import Reason, SourceError

MAX_FILES: Final = 1_000
"""The most files and directories that are looked at."""
_MAX_DEPTH: Final = 8
_ATTEMPTS: Final = 3
"""How often reading starts again because a new version was mounted meanwhile."""


class _Found(NamedTuple):
    """A file that is a variable."""

    name: str
    place: str
    """Its path below the directory, with ``/``."""
    target: Path
    """The file itself, all links followed."""
    origin: Origin


def _read(question: Question) -> tuple[Entry, ...]:
    """Every file as a text, less one newline at its end."""
    root = _root(question)
    for _ in range(_ATTEMPTS):
        version = _version(root)
        try:
            entries = tuple(_entry(found, question) for found in _found(question))
        except SourceError:
            if _version(root) == version:
                raise
            continue  # its file went away with the old version
        if _version(root) == version:
            return entries
    raise SourceError(_shown(question), Reason.UNREACHABLE, "it changed again and again while it was read")


def _present(question: Question) -> tuple[tuple[str, Origin], ...]:
    return tuple((found.name, found.origin) for found in _found(question))


def _revision(question: Question) -> str:
    import hashlib  # only who watches pays for it

    lines = (f"{found.place} {_status(found, question)}" for found in _found(question))
    return hashlib.sha256("\n".join(lines).encode("utf-8", "surrogateescape")).hexdigest()[:16]


def _entry(found: _Found, question: Question) -> Entry:
    text = read_local(found.target, _shown(question), found.place)
    cut = text.removesuffix("\r\n") if text.endswith("\r\n") else text.removesuffix("\n")
    return Entry(name=found.name, value=cut, origin=found.origin)


def _status(found: _Found, question: Question) -> str:
    try:
        return revision_of(found.target.stat())
    except OSError as error:
        raise unreadable(error, _shown(question), found.place) from None


def _found(question: Question) -> list[_Found]:
    """The files that are variables, by name; two that are the same one are an error."""
    shown, by_name = _shown(question), dict[str, _Found]()
    for place, target in _Walk(question).files():
        name = variable_name(place.split("/"))
        if name is None or (question.names and name not in question.names):
            continue
        if name in by_name:
            hint = f"keep this, or {by_name[name].place}"
            raise InputError(shown, f"a second file is the variable {name}", place=place, hint=hint)
        origin = Origin(source=shown, rank=Rank.DIRECTORY, place=place)
        by_name[name] = _Found(name, place, target, origin)
    return [found for _, found in sorted(by_name.items())]


class _Walk:
    """The files of a directory that may be variables that are asked for, within the limits."""

    def __init__(self, question: Question) -> None:
        self._shown = _shown(question)
        self._root = _root(question)
        self._names = question.names
        self._inside = self._resolved(self._root, "")
        self._seen = 0

    def files(self) -> Iterator[tuple[str, Path]]:
        """Each with its path below the directory, and the file that it is at the end of all links."""
        yield from self._below(self._root, ())

    def _below(self, directory: Path, above: tuple[str, ...]) -> Iterator[tuple[str, Path]]:
        for entry in self._listed(directory, "/".join(above)):
            parts = (*above, entry)
            name = variable_name(parts)
            if name is None or not self._may_be_asked_for(name):
                continue
            place = "/".join(parts)
            target = self._resolved(directory / entry, place)
            if not target.is_relative_to(self._inside):
                hint = "put the file itself there"
                raise InputError(self._shown, "a link that leads out of it", place=place, hint=hint)
            if not target.is_dir():
                yield place, target
            elif len(parts) < _MAX_DEPTH:
                yield from self._below(target, parts)

    def _may_be_asked_for(self, name: str) -> bool:
        """Whether a file or directory of that name is, or holds, what is asked for."""
        inner = name + BETWEEN
        return not self._names or any(known == name or known.startswith(inner) for known in self._names)

    def _listed(self, directory: Path, place: str) -> list[str]:
        """The names in a directory that do not begin with a dot, in their order."""
        try:
            with os.scandir(directory) as entries:
                names = [self._counted(entry.name) for entry in entries if not entry.name.startswith(".")]
        except OSError as error:
            raise unreadable(error, self._shown, place) from None
        return sorted(names)

    def _counted(self, name: str) -> str:
        self._seen += 1
        if self._seen > MAX_FILES:
            raise InputError(self._shown, f"more than {MAX_FILES:,} files", hint="name a smaller directory")
        return name

    def _resolved(self, path: Path, place: str) -> Path:
        try:
            return path.resolve(strict=True)
        except OSError as error:
            raise unreadable(error, self._shown, place) from None
        except RuntimeError:  # before Python 3.13, a link to itself
            raise InputError(self._shown, "a link that leads to itself", place=place or None) from None


def _version(root: Path) -> str:
    """Where ``..data`` leads, which Kubernetes changes at once for all files; empty where there is none."""
    try:
        return str((root / "..data").readlink())
    except OSError:
        return ""


def _root(question: Question) -> Path:
    return question.project / question.locator


def _shown(question: Question) -> str:
    return f"directory:{question.locator}"


KIND: Final = SourceKind(
    name="directory",
    rank=Rank.DIRECTORY,
    summary="A directory with a file for each variable, as container engines and Kubernetes mount secrets.",
    read=_read,
    present=_present,
    revision=_revision,
    keeps_secrets=True,
)
