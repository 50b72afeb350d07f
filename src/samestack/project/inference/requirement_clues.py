"""What requirements files tell: dependencies, groups by the names of the files, and constraints."""

import re
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path
from typing import Final

from samestack.capture.addresses import without_credentials
from samestack.capture.readers.requirements.packaging_values import shown
from samestack.capture.readers.requirements.requirement_files import Located, located_lines
from samestack.errors import InputError
from samestack.project.inference.clue import Clue, Kind, Seen
from samestack.solve.wish_files.requirement_text import taken

_FILE: Final = re.compile(
    r"(?:.*/)?(?:requirements?(?:[-_.](?P<after>[\w-]+))?|(?P<before>[\w-]+)[-_.]requirements"
    r"|(?<=/)(?P<inside>[\w-]+))\.(?:txt|in|pip)"
)
_FOR_EVERYBODY: Final = frozenset(
    {"", "base", "main", "common", "core", "prod", "production", "app", "all", "full"}
)
_DIRECTORIES: Final = {
    "test": "test",
    "tests": "test",
    "doc": "docs",
    "docs": "docs",
    "example": "examples",
    "examples": "examples",
}


def requirement_files(files: Collection[str]) -> dict[str, str]:
    """By file, the group that its name tells; what pip-tools made of an ``.in`` is left out."""
    found = {}
    for name in files:
        if name.endswith(".txt") and f"{name[:-4]}.in" in files:
            continue
        match = _FILE.fullmatch(name)
        if match is not None and (match["inside"] is None or _is_of_requirements(name)):
            said = (match["after"] or match["before"] or match["inside"] or "").lower()
            is_plain = said in _FOR_EVERYBODY or said == "requirements"
            found[name] = _group_of_directory(name) if is_plain else said.replace("_", "-")
    return found


def read_requirements(directory: Path, files: Mapping[str, str]) -> Seen:
    """What the files ask for, those for everybody first; a line that several include is told by the first."""
    told = set[Path]()
    return Seen.joined(_of_file(directory, name, files[name], told) for name in _in_order(files))


def _in_order(files: Mapping[str, str]) -> list[str]:
    return sorted(files, key=lambda name: bool(files[name]))


def _of_file(directory: Path, name: str, group: str, told: set[Path]) -> Seen:
    path = directory / name
    if path.resolve() in told:
        return Seen()
    try:
        lines = tuple(located_lines(path))
    except InputError as error:
        return Seen((), (f"{error.message}: it is left out",))
    own = [line for line in lines if line.path.resolve() not in told]
    told.update(line.path.resolve() for line in own)
    return Seen.joined(_of_line(line, directory, group) for line in own)


def _group_of_directory(name: str) -> str:
    """Whatever tests, documentation and examples need is not what everybody needs."""
    first = name.partition("/")[0] if "/" in name else ""
    return _DIRECTORIES.get(first, "")


def _is_of_requirements(name: str) -> bool:
    return name.rpartition("/")[0].rpartition("/")[2] in {"requirements", "requirement", "reqs"}


def _of_line(located: Located, directory: Path, group: str) -> Seen:
    place = f"{_relative(located.path, directory)}:{located.line.number}"
    return Seen.joined((*_requirements(located, place, group), Seen((), tuple(_doubts(located, place)))))


def _requirements(located: Located, place: str, group: str) -> Iterator[Seen]:
    line = located.line
    if line.requirement:
        yield _of_text(line.requirement, located, place, group)
    for text in line.editables:
        if text.strip().rstrip("/") not in {".", "-e ."}:  # the project itself
            yield _of_text(text, located, place, group)


def _of_text(text: str, located: Located, place: str, group: str) -> Seen:
    try:
        found = taken(text, located.path.parent)
    except ValueError:
        return Seen((), (f"{place}: left out, since it is no requirement: {shown(text)}",))
    if not found.text or " @ file:" in found.text:
        return Seen((), (f"{place}: left out, since it lies on this machine or has no name: {shown(text)}",))
    kind = Kind.CONSTRAINT if located.is_constraint else Kind.DEPENDENCY
    secret = f"{place}: its credentials are left out: git or pip has to be given them"
    doubts = (secret,) if without_credentials(found.text) != found.text else ()
    return Seen((Clue(kind=kind, value=_plain(found.text), place=place, group=group),), doubts)


def _plain(requirement: str) -> str:
    """Without credentials, and without a fragment that repeats the name."""
    without_name = re.sub(r"&egg=[^&\s;]+|(?<=#)egg=[^&\s;]+&?", "", shown(requirement))
    return re.sub(r"#(?=\s|$)", "", without_name)


def _doubts(located: Located, place: str) -> Iterator[str]:
    for address in located.line.indexes:
        yield f"{place}: a manifest names no index, so {shown(address)} has to be configured for pip or uv"
    if located.line.hashes:
        yield f"{located.path.name}: its hashes are left out, a lock has its own"


def _relative(path: Path, directory: Path) -> str:
    try:
        return path.resolve().relative_to(directory.resolve()).as_posix()
    except ValueError:  # included from elsewhere
        return str(path)
