"""Which Python a lock is decided for, where neither the manifest nor the command line says so."""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from samestack.errors import RequestError
from samestack.project.manifest import Project

if TYPE_CHECKING:
    from samestack.solve.targets import Candidate

_VERSION: Final = r"3\.\d{1,2}(?:\.\d{1,3})?"
_HINT: Final = "tool.samestack.python of pyproject.toml settles it"


def chosen_python(project: Project, asked: str, earlier: str) -> tuple[str, tuple[str, ...]]:
    """A series or a release: what is asked for, what the manifest says, or what the earlier lock has.

    Else one that is likely meant, with a note that says why. :class:`RequestError` for what is no version of
    Python 3, and where ``requires-python`` allows none.
    """
    if asked:
        return _checked(asked), ()
    if project.manifest.python:
        return project.manifest.python, ()
    if earlier and _allows(project.requires_python, earlier):
        return earlier, ()
    return _likely(project)


def _checked(text: str) -> str:
    if re.fullmatch(_VERSION, text, re.ASCII) is None:
        raise RequestError(f"'{text}' is no version of Python 3", hint="write --python 3.11")
    return text


def _allows(requires: str, python: str) -> bool:
    if not requires:
        return True
    from packaging.specifiers import SpecifierSet

    # A series stands for all of its releases.
    newest = python if python.count(".") > 1 else f"{python}.999"
    allowed = SpecifierSet(requires)
    return allowed.contains(newest) or allowed.contains(python)


def _likely(project: Project) -> tuple[str, tuple[str, ...]]:
    from samestack.solve.targets import chosen_target
    from samestack.solve.wish_files.asked import PythonWish

    required = project.requires_python
    pythons = [PythonWish(required, "requires-python")] if required else []
    target, notes = chosen_target(pythons, tuple(_candidates(project)))
    series = ".".join(target.python.split(".")[:2])
    return series, tuple(f"{note}; {_HINT}" for note in notes)


def _candidates(project: Project) -> Iterator["Candidate"]:
    """``.python-version``, the environment that the project has, and what runs samestack."""
    from samestack.solve.targets import Candidate, this_python

    file, environment = project.directory / ".python-version", project.manifest.environment
    if file.is_file() and (said := re.match(_VERSION, file.read_text(errors="replace"), re.ASCII)):
        yield Candidate(said[0], f"that of {file.name}")
    settings = project.directory / environment / "pyvenv.cfg"
    if settings.is_file():
        text = settings.read_text(errors="replace")
        if said := re.search(rf"^version(?:_info)? *= *({_VERSION})", text, re.ASCII | re.MULTILINE):
            yield Candidate(said[1], f"that of {environment}")
    yield this_python()
