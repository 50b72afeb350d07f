"""The wishes of an ``environment.yml``: those of conda, and those that it hands on to pip."""

from collections.abc import Iterator
from pathlib import Path
from typing import Final

from msgspec import Struct, structs

from samestack.capture.documents import read_text
from samestack.capture.readers.requirements.packaging_values import placed, shown
from samestack.capture.readers.requirements.requirement_files import located_entries
from samestack.capture.readers.requirements.requirement_lines import Line, logical_lines, parsed_line
from samestack.capture.yaml_aliases import load_bounded_yaml
from samestack.compare.conda_specifications import as_specifier, parse_match_specification
from samestack.solve.problem import Wish
from samestack.solve.wish_files.asked import Asked, PythonWish, digests_of
from samestack.solve.wish_files.requirement_wishes import wishes_of_lines
from samestack.solve.written.span import line_of
from samestack.solve.written.yaml_text import YAML

_ARCHIVES: Final = (".conda", ".tar.bz2")
_NO_DEFAULTS: Final = "nodefaults"
_ENTRY: Final = "pip entry"


class _Environment(Struct):
    channels: tuple[str, ...] | None = ()
    dependencies: tuple[str | dict[str, tuple[str, ...] | None], ...] | None = ()


def read_environment(path: Path) -> Asked:
    """What an environment asks of conda and of pip, and the channels that it names."""
    environment = load_bounded_yaml(path, _Environment)
    with placed(str(path), "its text"):
        lines = _lines(read_text(path))
    channels = tuple(one for one in environment.channels or () if one != _NO_DEFAULTS)
    own = Asked(channels=channels, digests=digests_of((path,)))
    parts = (
        part
        for index, dependency in enumerate(environment.dependencies or ())
        for part in _of_dependency(dependency, f"dependencies[{index}]", path, lines)
    )
    return Asked.joined((own, *parts))


def is_conda(wish: Wish) -> bool:
    """Whether a wish of an environment is one of conda's: those for pip stand one level deeper."""
    return wish.place.startswith("dependencies[") and ".pip[" not in wish.place


def _of_dependency(
    said: str | dict[str, tuple[str, ...] | None], place: str, path: Path, lines: dict[str, int]
) -> Iterator[Asked]:
    if isinstance(said, str):
        yield _of_conda(said, place, path, lines)
        return
    for key, entries in said.items():
        if key == "pip":
            yield _of_pip(entries or (), f"{place}.pip", path, lines)
        else:
            yield Asked(notes=(f"{path}, {place}: only a part for pip is known: '{shown(key)}' is left out",))


def _of_conda(text: str, place: str, path: Path, lines: dict[str, int]) -> Asked:
    said = text.split(" #", maxsplit=1)[0].strip()
    if said.split("#", maxsplit=1)[0].endswith(_ARCHIVES):
        return Asked(notes=(f"{path}, {place}: a package that is named by its file is left out",))
    with placed(str(path), place):
        python = _python(said, path)
    wish = Wish(text=said, file=str(path), line=lines.get(place, 0), place=place)
    return Asked(conda_wishes=(wish,), pythons=python)


def _python(text: str, path: Path) -> tuple[PythonWish, ...]:
    """What a wish for Python says to those who solve for pip."""
    said = parse_match_specification(text)
    specifier = as_specifier(said.version) if said.name == "python" and said.version else None
    return (PythonWish(specifier, f"the Python of {path}"),) if specifier else ()


def _of_pip(entries: tuple[str, ...], place: str, path: Path, lines: dict[str, int]) -> Asked:
    """The entries as lines of a requirements file; those of files that they name keep their own places."""
    asked = wishes_of_lines(path, located_entries(path, _pip_lines(entries, path), _ENTRY))
    # The entries of this file come with their numbers for lines.
    here = tuple(
        structs.replace(wish, place=(entry := f"{place}[{wish.line - 1}]"), line=lines.get(entry, 0))
        if wish.file == str(path)
        else wish
        for wish in asked.wishes
    )
    return structs.replace(asked, wishes=here)


def _pip_lines(entries: tuple[str, ...], path: Path) -> Iterator[Line]:
    for number, entry in enumerate(entries, start=1):
        with placed(str(path), f"{_ENTRY} {number}"):
            yield from (parsed_line(number, text) for _, text in logical_lines(entry))


def _lines(text: str) -> dict[str, int]:
    return {span.place: line_of(text, span.start) for span in YAML.spans(text)}
