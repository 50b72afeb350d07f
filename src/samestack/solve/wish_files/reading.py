"""The words of a command line: files are read, everything else is a requirement itself."""

import os.path
import re
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Final

from samestack.capture.readers.requirements.packaging_values import one_line, shown
from samestack.capture.recognition import file_kind
from samestack.compare.conda_specifications import parse_match_specification
from samestack.errors import InputError, RequestError
from samestack.solve.problem import Wish
from samestack.solve.wish_files.asked import Asked, LocalProject
from samestack.solve.wish_files.environment_wishes import read_environment
from samestack.solve.wish_files.project_wishes import Choice, read_project
from samestack.solve.wish_files.requirement_text import taken
from samestack.solve.wish_files.requirement_wishes import read_requirements

MAX_WISHES: Final = 2000
"""The most wishes that are explained at once. The longest real list seen has 1,500."""

_FILE_ENDINGS: Final = (".txt", ".in", ".toml", ".yml", ".yaml", ".lock", ".json")
_DEFAULTS: Final = ("pyproject.toml", "requirements.txt", "environment.yml", "environment.yaml")
_PATH = re.compile(r"\.{0,2}[/\\]|~|[^\s@=<>!~;\[:]+/[^\s@=<>!~;\[:]*$")
_ANYTHING: Final = Choice()


def read_words(words: Sequence[str], choice: Choice = _ANYTHING, *, of_conda: bool = False) -> Asked:
    """All that the words ask for; without words, what the project in the current directory does.

    ``of_conda`` says that requirements among the words are conda's. :class:`RequestError` for what cannot be
    asked, :class:`InputError` for a file that cannot be read.
    """
    parts = [_of_word(word, choice, of_conda=of_conda) for word in words] or [_of_directory(Path(), choice)]
    if (choice.extras or choice.groups) and not _has_project(parts):
        raise RequestError("--extra and --group choose within a pyproject.toml, and none is named")
    asked = Asked.joined(_followed(parts))
    if len(asked.wishes) + len(asked.conda_wishes) > MAX_WISHES:
        raise RequestError(f"more than {MAX_WISHES} requirements cannot be explained at once")
    return asked


def _of_word(word: str, choice: Choice, *, of_conda: bool) -> Asked:
    path = Path(word).expanduser()
    if path.is_dir() and (os.sep in word or word == "."):
        return _of_directory(path, choice)
    if path.is_file() or word.endswith(_FILE_ENDINGS) or _PATH.match(word):
        return _of_file(path, choice)
    return _of_conda_text(word) if of_conda else _of_text(word)


def _of_text(word: str) -> Asked:
    try:
        found = taken(word, Path())
    except ValueError as error:
        raise RequestError(
            f"'{shown(word)}': {one_line(error)}", hint="a requirement is written like 'numpy>=1.26,<2'"
        ) from None
    if found.project is not None:
        return Asked(projects=(found.project,))
    return Asked(wishes=(Wish(text=found.text),)) if found.text else Asked(notes=(found.note,))


def _of_conda_text(word: str) -> Asked:
    try:
        parse_match_specification(word)
    except ValueError as error:
        raise RequestError(f"'{shown(word)}': not a match specification: {error}") from None
    return Asked(conda_wishes=(Wish(text=word),))


def _of_file(path: Path, choice: Choice) -> Asked:
    if not path.exists():
        raise RequestError(f"'{path}': no such file")
    kind = file_kind(path)
    if kind not in _READERS:
        raise InputError(
            str(path),
            f"a {kind} asks for nothing, it is decided already",
            hint="name the requirements, pyproject.toml or environment.yml that it was made from",
        )
    return _READERS[kind](path, choice)


_READERS: Final[dict[str, Callable[[Path, Choice], Asked]]] = {
    "requirements.txt": lambda path, _: read_requirements(path),
    "pyproject.toml": read_project,
    "environment.yml": lambda path, _: read_environment(path),
}


def _of_directory(directory: Path, choice: Choice) -> Asked:
    """What the first file of a project says that asks for anything, with a note that names the others."""
    found = [directory / name for name in _DEFAULTS if (directory / name).is_file()]
    for index, path in enumerate(found):
        asked = _of_file(path, choice)
        if asked.wishes or asked.conda_wishes or asked.projects:
            others = ", ".join(str(other) for other in found[index + 1 :])
            note = f"{path} was read; {others} not" if others else ""
            return Asked.joined((asked, Asked(notes=(note,) if note else ())))
    where = "the current directory" if directory == Path() else str(directory)
    raise RequestError(
        f"nothing in {where} asks for packages",
        hint="name a requirements file, a pyproject.toml, an environment.yml, or requirements themselves",
    )


def _followed(parts: Sequence[Asked]) -> Iterator[Asked]:
    """The parts, and what the projects of this machine need that they ask for, each once."""
    pending, seen = list(parts), set[tuple[str, tuple[str, ...]]]()
    while pending:
        part = pending.pop(0)
        yield part
        for project in part.projects:
            identity = (os.path.realpath(project.directory), project.extras)
            if identity not in seen:
                seen.add(identity)
                pending.append(_of_project(project))


def _of_project(project: LocalProject) -> Asked:
    manifest = Path(project.directory) / "pyproject.toml"
    if not manifest.is_file():
        said = "what it needs is known only when it is built, which is not done here"
        return Asked(notes=(f"{project.directory}: {said}",))
    return read_project(manifest, Choice(extras=frozenset(project.extras)))


def _has_project(parts: Sequence[Asked]) -> bool:
    return any(file.endswith(".toml") for part in parts for file in part.digests)
