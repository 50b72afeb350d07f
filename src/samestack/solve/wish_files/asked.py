"""What was read of files and words: wishes, and what else they say that a solver has to know."""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Self, TypeVar

from msgspec import Struct, field

from samestack.capture.documents import read_bytes
from samestack.sha256 import sha256_hex
from samestack.solve.problem import Wish

T = TypeVar("T")


class PythonWish(Struct, frozen=True):
    """The Pythons that a file allows, and where it says so."""

    specifier: str
    place: str


class LocalProject(Struct, frozen=True):
    """A project of this machine that something asks for: its directory, and the extras that are wanted."""

    directory: str
    extras: tuple[str, ...] = ()


class Asked(Struct, frozen=True, kw_only=True):
    """Wishes of an index and of conda channels, and their surroundings."""

    wishes: tuple[Wish, ...] = ()
    """Of the package index, in the syntax of dependency specifiers."""
    conda_wishes: tuple[Wish, ...] = ()
    """Of conda channels, in the syntax of match specifications."""
    channels: tuple[str, ...] = ()
    pythons: tuple[PythonWish, ...] = ()
    projects: tuple[LocalProject, ...] = ()
    """What is still to be read: their manifests say what they need."""
    digests: Mapping[str, str] = field(default_factory=dict)
    """Of every file that a wish names, as it was when it was read."""
    notes: tuple[str, ...] = ()
    """What was left out or taken otherwise, in a sentence each."""

    @classmethod
    def joined(cls, parts: Iterable["Asked"]) -> Self:
        """All of it, each wish once."""
        all_parts = tuple(parts)
        return cls(
            wishes=_each_once(wish for part in all_parts for wish in part.wishes),
            conda_wishes=_each_once(wish for part in all_parts for wish in part.conda_wishes),
            channels=_each_once(channel for part in all_parts for channel in part.channels),
            pythons=_each_once(python for part in all_parts for python in part.pythons),
            projects=_each_once(project for part in all_parts for project in part.projects),
            digests={file: digest for part in all_parts for file, digest in part.digests.items()},
            notes=_each_once(note for part in all_parts for note in part.notes),
        )


def digests_of(paths: Iterable[Path]) -> dict[str, str]:
    """The digests of files, by the names that wishes have for them."""
    return {str(path): sha256_hex(read_bytes(path)) for path in paths}


def _each_once(values: Iterable[T]) -> tuple[T, ...]:
    return tuple(dict.fromkeys(values))
