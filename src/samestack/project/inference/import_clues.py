"""What the code of a project imports, scripts, packages and notebooks, and which distributions bring it."""

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Final

from msgspec import Struct

from samestack.capture.documents import read_text
from samestack.errors import InputError
from samestack.project.inference.clue import Clue, Kind, Seen
from samestack.project.inference.import_names import distribution_of
from samestack.project.inference.imported_modules import Code, Imported, imported_by
from samestack.project.inference.notebooks import Notebook, read_notebook
from samestack.project.inference.shell_commands import of_command
from samestack.project.inference.standard_modules import ADDED, PYTHON_2, REMOVED, is_standard

_MAX_BYTES: Final = 4 * 1024 * 1024
_TEST: Final = re.compile(r"(?:^|.*/)(?:tests?/.*|test_[^/]*|[^/]*_test\.py|conftest\.py)$")
_DOCUMENTATION: Final = re.compile(r"docs?/(?:.*/)?conf\.py$")
_BUILD: Final = frozenset({"setup.py", "versioneer.py", "noxfile.py", "fabfile.py", "tasks.py"})
_ROOTS: Final = ("", "src/", "lib/", "python/")


class _Found(Struct, frozen=True, kw_only=True):
    """An import with where it stands."""

    imported: Imported
    file: str
    place: str


class _Own(Struct, frozen=True):
    """The modules of a project itself."""

    regular: frozenset[str]
    """Files and packages, by their paths from its root without the ending: ``src/pkg/data``, ``src/pkg``.

    A directory without ``__init__.py`` is none: an installed package of its name goes before it.
    """
    names: frozenset[str]
    """The names of all of them and of all directories that code is in."""


def read_imports(directory: Path, files: Sequence[str]) -> Seen:
    """A clue for each distribution and group, where it is first imported; what is not known is named."""
    own = _own_modules(files)
    found: list[_Found] = []
    parts: list[Seen] = []
    for name in files:
        if name.endswith(".py") and name not in _BUILD:
            parts.append(_of_script(directory, name, found))
        elif name.endswith(".ipynb"):
            parts.append(_of_notebook(directory, name, found))
    foreign = [one for one in found if not _is_own(one, own) and not _is_pythons(one.imported.module)]
    return Seen.joined(
        (*parts, _distributions(foreign), Seen(tuple(_standard(found, own))), _python_2(found))
    )


def _is_pythons(module: str) -> bool:
    """Whether Python or its installer brings a module; a private one is nobody's to ask for."""
    return is_standard(module) or module.startswith("_") or module.partition(".")[0] == "pip"


def _standard(found: Sequence[_Found], own: _Own) -> Iterator[Clue]:
    """The first import of each standard module that came or went with a release of Python 3."""
    told = set[str]()
    for one in found:
        module = one.imported.module.partition(".")[0]
        is_told = module in told or one.imported.is_optional or _is_own(one, own)
        if module in ADDED.keys() | REMOVED.keys() and not is_told:
            told.add(module)
            yield Clue(kind=Kind.STANDARD_MODULE, value=module, place=one.place)


def _of_script(directory: Path, name: str, found: list[_Found]) -> Seen:
    try:
        code = imported_by(read_text(directory / name, limit=_MAX_BYTES))
    except InputError as error:
        return Seen((), (f"{error.message}: its imports are not known",))
    found += (_Found(imported=one, file=name, place=f"{name}:{one.line}") for one in code.imports)
    return Seen((), (f"{name}: only Python 2 can run it",)) if code.is_python_2 else Seen()


def _of_notebook(directory: Path, name: str, found: list[_Found]) -> Seen:
    try:
        notebook = read_notebook(directory / name)
    except InputError as error:
        return Seen((), (f"{error.message}: its imports are not known",))
    parts: list[Seen] = []
    for cell in notebook.cells:
        place = f"{name}, cell {cell.number}"
        code: Code = imported_by(cell.code)
        found += (_Found(imported=one, file=name, place=place) for one in code.imports)
        parts += (of_command(command, place) for command in cell.commands)
    return Seen.joined((*parts, Seen(tuple(_python(notebook, name)))))


def _python(notebook: Notebook, name: str) -> Iterator[Clue]:
    if re.fullmatch(r"[23]\.\d+\.\d+", notebook.python):
        yield Clue(kind=Kind.TESTED_PYTHON, value=notebook.python.rpartition(".")[0], place=name)


def _own_modules(files: Iterable[str]) -> _Own:
    regular, names = set[str](), set[str]()
    for file in files:
        if file.endswith((".py", ".pyx", ".so")):
            stem = file.removesuffix("/__init__.py").rpartition(".")[0] or file.removesuffix("/__init__.py")
            regular.add(stem)
            names.update(stem.split("/"))
    return _Own(frozenset(regular), frozenset(names))


def _is_own(found: _Found, own: _Own) -> bool:
    """Whether a module lies where the import can find it: in a usual root, or beside or above the file.

    A name that no table knows is the project's own wherever it lies: people change their search path.
    """
    first = found.imported.module.partition(".")[0]
    if distribution_of(found.imported.module) is None and first in own.names:
        return True
    parts = found.file.split("/")[:-1]
    places = (*_ROOTS, *("/".join(parts[:length]) + "/" for length in range(1, len(parts) + 1)))
    return any(f"{place}{first}" in own.regular for place in places)


def _group(file: str) -> str:
    if _DOCUMENTATION.match(file):
        return "docs"
    return "test" if _TEST.match(file) else ""


def _distributions(found: Sequence[_Found]) -> Seen:
    """Each distribution once a group, where it is first imported; what is not known once a module."""
    required = [one for one in found if not one.imported.is_optional]
    early = {_known(one) for one in required if not one.imported.is_late}
    late = {_known(one) for one in required} - early
    clues: dict[tuple[Kind, str, str], Clue] = {}
    for one in found:
        clue = _clue(one, early, late)
        if not one.imported.is_optional or clue.kind in {Kind.OPTIONAL_IMPORT, Kind.UNKNOWN_IMPORT}:
            clues.setdefault((clue.kind, clue.value, clue.group), clue)
    return Seen(tuple(clues.values()))


def _clue(found: _Found, early: Collection[str | None], late: Collection[str | None]) -> Clue:
    distribution = _known(found)
    if distribution is None:
        module = found.imported.module.partition(".")[0]
        return Clue(kind=Kind.UNKNOWN_IMPORT, value=module, place=found.place)
    if distribution in early:
        return Clue(kind=Kind.IMPORT, value=distribution, place=found.place, group=_group(found.file))
    kind = Kind.LATE_IMPORT if distribution in late else Kind.OPTIONAL_IMPORT
    return Clue(kind=kind, value=distribution, place=found.place, group=_group(found.file))


def _known(found: _Found) -> str | None:
    return distribution_of(found.imported.module)


def _python_2(found: Sequence[_Found]) -> Seen:
    old = next(
        (
            one
            for one in found
            if one.imported.module.partition(".")[0] in PYTHON_2 and not one.imported.is_optional
        ),
        None,
    )
    if old is None:
        return Seen()
    return Seen((), (f"{old.place}: only Python 2 has '{old.imported.module.partition('.')[0]}'",))
