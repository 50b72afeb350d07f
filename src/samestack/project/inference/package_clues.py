"""What ``setup.py`` and ``setup.cfg`` say, as far as they say it without being run."""

import ast
import configparser
import warnings
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Final

from samestack.capture.documents import read_text
from samestack.capture.readers.requirements.packaging_values import requirement_of, shown
from samestack.project.inference.clue import Clue, Kind, Seen

_DYNAMIC: Final = {
    "version": "version",
    "description": "description",
    "long_description": "readme",
    "author": "authors",
    "maintainer": "maintainers",
    "license": "license",
    "keywords": "keywords",
    "classifiers": "classifiers",
    "url": "urls",
    "project_urls": "urls",
    "extras_require": "optional-dependencies",
}
"""What a build script calls a field of a package's description, and what the standard does."""
_ENTRY_POINTS: Final = ("scripts", "gui-scripts", "entry-points")


def read_setup_py(path: Path, shown_as: str) -> Seen:
    """The literal arguments of ``setup``; what is computed is named."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            tree = ast.parse(read_text(path, limit=1024 * 1024))
    except (SyntaxError, ValueError, RecursionError):
        return Seen((), (f"{shown_as}: today's Python cannot parse it, so nothing is taken from it",))
    names = dict(_literals(tree))
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call) and _is_setup(node.func)]
    return Seen.joined(_of_argument(one, names, shown_as) for call in calls for one in call.keywords)


def _is_setup(node: ast.expr) -> bool:
    return (isinstance(node, ast.Name) and node.id == "setup") or (
        isinstance(node, ast.Attribute) and node.attr == "setup"
    )


def _literals(tree: ast.Module) -> Iterator[tuple[str, ast.expr]]:
    """What names at the top of a module stand for."""
    for node in tree.body:
        if isinstance(node, ast.Assign) and len(node.targets) == 1 and isinstance(node.targets[0], ast.Name):
            yield node.targets[0].id, node.value


def _of_argument(argument: ast.keyword, names: Mapping[str, ast.expr], shown_as: str) -> Seen:
    place = f"{shown_as}:{argument.value.lineno}"
    node = names.get(argument.value.id) if isinstance(argument.value, ast.Name) else argument.value
    if argument.arg == "install_requires":
        return _of_list(node, shown_as, place)
    if argument.arg in {"name", "python_requires"}:
        kind = Kind.NAME if argument.arg == "name" else Kind.REQUIRES_PYTHON
        text = _text(node)
        return Seen((Clue(kind=kind, value=text, place=place),)) if text else Seen()
    return Seen(tuple(_dynamic(argument.arg or "", place)))


def _dynamic(key: str, place: str) -> Iterator[Clue]:
    fields = _ENTRY_POINTS if key == "entry_points" else (_DYNAMIC[key],) if key in _DYNAMIC else ()
    for field in fields:
        yield Clue(kind=Kind.DYNAMIC, value=field, place=place)


def _text(node: ast.expr | None) -> str:
    return node.value.strip() if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""


def _of_list(node: ast.expr | None, shown_as: str, place: str) -> Seen:
    if not isinstance(node, ast.List | ast.Tuple):
        return Seen((), (f"{place}: what it requires is computed there, so it is not known",))
    return Seen.joined(_of_requirement(_text(item), f"{shown_as}:{item.lineno}") for item in node.elts)


def _of_requirement(text: str, place: str) -> Seen:
    try:
        requirement_of(text)
    except ValueError:
        return Seen(
            (), (f"{place}: left out, since it is no requirement: {shown(text) or 'it is computed'}",)
        )
    return Seen((Clue(kind=Kind.DEPENDENCY, value=text, place=place),))


def read_setup_cfg(path: Path, shown_as: str) -> Seen:
    """The sections that describe a package."""
    text = read_text(path, limit=1024 * 1024)
    parser = configparser.ConfigParser(interpolation=None)
    try:
        parser.read_string(text)
    except configparser.Error as error:
        return Seen((), (f"{shown_as}: nothing is taken from it: {shown(str(error).splitlines()[0])}",))
    lines = text.splitlines()
    return Seen.joined(
        (Seen(tuple(_of_sections(parser, lines, shown_as))), *_required(parser, lines, shown_as))
    )


def _of_sections(parser: configparser.ConfigParser, lines: list[str], shown_as: str) -> Iterator[Clue]:
    asked = (("metadata", "name", Kind.NAME), ("options", "python_requires", Kind.REQUIRES_PYTHON))
    for section, key, kind in asked:
        if value := parser.get(section, key, fallback=""):
            yield Clue(kind=kind, value=value, place=_place(lines, key, shown_as))
    keys: Iterable[str] = parser["metadata"] if parser.has_section("metadata") else ()
    for key in keys:
        yield from _dynamic(key, _place(lines, key, shown_as))
    for section, key in (
        ("options.entry_points", "entry_points"),
        ("options.extras_require", "extras_require"),
    ):
        if parser.has_section(section):
            yield from _dynamic(key, _place(lines, f"[{section}]", shown_as))


def _required(parser: configparser.ConfigParser, lines: list[str], shown_as: str) -> Iterator[Seen]:
    for text in parser.get("options", "install_requires", fallback="").replace(";\n", "\n").splitlines():
        if text.strip():
            yield _of_requirement(text.strip(), _place(lines, text.strip(), shown_as))


def _place(lines: list[str], text: str, shown_as: str) -> str:
    found = (number for number, line in enumerate(lines, start=1) if line.strip().startswith(text))
    return f"{shown_as}:{next(found, 1)}"
