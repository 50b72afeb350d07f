"""A distribution's name and version: the head of METADATA or PKG-INFO, and the name of its directory.

Core metadata is a list of e-mail headers; the two that matter stand near its top (PyPA, "Core metadata
specifications"). Nothing else of it is looked at.
"""

import re
from collections.abc import Iterator

from msgspec import Struct

from samestack.capture.probes.optional_file import OptionalFile, read_optional
from samestack.capture.tree import Tree
from samestack.model import normalized_python_name

# Nearly every file begins with these lines; a search for fields in any order takes five times as long.
_USUAL_BEGINNING = re.compile(
    rb"Metadata-Version: [^\r\n]+\r?\nName: ([^\r\n]+)\r?\nVersion: ([^\r\n]+)\r?\n"
)
_NAME_FIELD = re.compile(rb"^name:([^\r\n]*)", re.IGNORECASE | re.MULTILINE)
_VERSION_FIELD = re.compile(rb"^version:([^\r\n]*)", re.IGNORECASE | re.MULTILINE)
_NAME = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9._-]{0,254}[A-Za-z0-9])?")
_VERSION = re.compile(r"[A-Za-z0-9][A-Za-z0-9.!+_~*-]{0,127}")
_EGG_PYTHON = re.compile(r"-py\d+(?:\.\d+)?(?:-.*)?")
_DIGITS = re.compile(r"\d+")


class Identity(Struct, frozen=True):
    """A name and a version as somebody wrote them; ``None`` for what is not there or cannot be one."""

    name: str | None = None
    version: str | None = None

    @property
    def is_complete(self) -> bool:
        """Whether both are there."""
        return self.name is not None and self.version is not None


class Metadata(Struct, frozen=True):
    """The file as it was read, and what it states."""

    file: OptionalFile
    stated: Identity


def read_metadata(tree: Tree, path: str) -> Metadata:
    """Name and version of a METADATA or PKG-INFO file."""
    file = read_optional(tree, path)
    return Metadata(file, stated_identity(file.content or b""))


def identity_oddities(metadata: Metadata, named: Identity, file: str) -> Iterator[tuple[str, str]]:
    """Code and message of what is odd about name and version; ``named`` is what the directory says."""
    stated = metadata.stated
    if named.name is None:
        yield "invalid-distribution-name", "what it is stored by holds no distribution's name"
    if metadata.file.problem:
        yield "unreadable", f"{file} was not read: {metadata.file.problem}"
    elif not metadata.file.content:
        yield "missing-metadata", f"{file} is missing or empty: name and version are those it is stored by"
    elif not stated.is_complete:
        yield "malformed-metadata", f"{file} states no name or no version: what it is stored by counts"
    elif differ(stated, named):
        yield (
            "directory-differs",
            f"{file} states {stated.name} {stated.version}, but it is stored as another",
        )


def stated_identity(metadata: bytes) -> Identity:
    """What the content of METADATA or PKG-INFO states."""
    usual = _USUAL_BEGINNING.match(metadata)
    if usual is not None:
        return Identity(_value(usual[1], _NAME), _value(usual[2], _VERSION))
    headers = metadata[: _end_of_headers(metadata)]
    name, version = _NAME_FIELD.search(headers), _VERSION_FIELD.search(headers)
    return Identity(name and _value(name[1], _NAME), version and _value(version[1], _VERSION))


def directory_identity(name: str) -> Identity:
    """What ``NAME-VERSION.dist-info``, ``NAME-VERSION-pyX.Y.egg-info`` or ``NAME.egg`` says by its name."""
    stem = name.rpartition(".")[0]
    if not name.endswith(".dist-info"):
        stem = _EGG_PYTHON.split(stem, maxsplit=1)[0]
    before, _, version = stem.rpartition("-")
    if not version[:1].isdigit():
        before, version = stem, ""
    return Identity(_matching(before, _NAME), _matching(version, _VERSION))


def differ(stated: Identity, directory: Identity) -> bool:
    """Whether the two speak of different things; what only one of them says is no difference.

    Versions differ when their numbers do: ``1.0-beta`` stands in a directory named ``1.0b0``.
    """
    if stated.name and directory.name and not _same_name(stated.name, directory.name):
        return True
    if not stated.version or not directory.version or stated.version == directory.version:
        return False
    return _numbers(stated.version) != _numbers(directory.version)


def _end_of_headers(metadata: bytes) -> int:
    ends = [end for end in (metadata.find(b"\n\n"), metadata.find(b"\n\r\n")) if end >= 0]
    return min(ends, default=len(metadata))


def _same_name(one: str, other: str) -> bool:
    return one == other or normalized_python_name(one) == normalized_python_name(other)


def _numbers(version: str) -> tuple[int, ...]:
    numbers = [int(digits) for digits in _DIGITS.findall(version)]
    while numbers and numbers[-1] == 0:
        numbers.pop()
    return tuple(numbers)


def _value(field: bytes, pattern: re.Pattern[str]) -> str | None:
    return _matching(field.decode("utf-8", "replace").strip(), pattern)


def _matching(text: str, pattern: re.Pattern[str]) -> str | None:
    return text if pattern.fullmatch(text) else None
