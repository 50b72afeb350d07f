"""The two environments, whatever names them: locks, requirements of a day, environments, snapshots."""

import re
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Final

from msgspec import Struct, structs

from samestack.behaviour.bisecting.request import Request
from samestack.behaviour.bisecting.side import Side, Sides
from samestack.behaviour.bisecting.trials.description import Package
from samestack.behaviour.bisecting.trials.packages import package_of
from samestack.capture.entry import capture, environment_kind
from samestack.capture.readers.conda.conda_platforms import this_platform
from samestack.compare.markers import applicable
from samestack.compare.releases import SEEDS
from samestack.envs.interpreters import Interpreter, find_interpreter
from samestack.errors import OutsideError, RequestError
from samestack.lock.deciding import decide, write
from samestack.lock.decision import LockOptions
from samestack.lock.platforms import marker_environment
from samestack.lock.reading import find_lock, read_lock
from samestack.lock.table_text import table_of
from samestack.lock.unmet import UnmetError
from samestack.model import Component, Ecosystem, Kind, Layer, Reference, Snapshot, Standing
from samestack.progress import Reporter
from samestack.project.manifest import Backend, Project
from samestack.project.reading import read_project

_DAY: Final = re.compile(r"\d{4}-\d{2}-\d{2}")
_OF_CONDA: Final = (".yml", ".yaml")
_RELEASE: Final = re.compile(r"\d+\.\d+\.\w+")


class _Read(Struct, frozen=True, kw_only=True):
    """What a reference names, before it is known which Python the trials have."""

    name: str
    snapshot: Snapshot
    python: str = ""
    """Empty where it does not say."""
    notes: tuple[str, ...] = ()


def sides_of(request: Request, reporter: Reporter) -> Sides:
    """Both environments; :class:`RequestError` where trials cannot be made of one."""
    _check_days(request)
    with tempfile.TemporaryDirectory(prefix="samestack-bisect-") as name:
        read = [
            _read(request, text, Path(name, word), reporter)
            for word, text in (("good", request.good), ("bad", request.bad))
        ]
    pythons = [request.python or one.python for one in read]
    good, bad = (_side(one, _interpreter(python, pythons)) for one, python in zip(read, pythons, strict=True))
    return Sides(_without_seeds(good, bad, read[0]), _without_seeds(bad, good, read[1]))


def _check_days(request: Request) -> None:
    for text in (request.good, request.bad) if request.requirements is not None else ():
        if _DAY.fullmatch(text) is None:
            hint = "write --good 2022-05-01 --bad 2022-06-01"
            raise RequestError(f"'{text}' is no day, and --requirements is decided as of two days", hint=hint)


def _read(request: Request, text: str, directory: Path, reporter: Reporter) -> _Read:
    if request.requirements is not None:
        project = _project_of(request.requirements)
        name = f"{request.requirements} as of {text}"
        return _decided(project, name, LockOptions(as_of=text, python=request.python), directory, reporter)
    reference = _reference(text)
    snapshot, path = capture(reference), Path(reference.locator).expanduser()
    if snapshot.origin.standing is Standing.WANTED:
        return _decided(_project_of(path), text, LockOptions(python=request.python), directory, reporter)
    python = _python_of(snapshot)
    if reference.kind is Kind.PATH and snapshot.origin.standing is Standing.DECIDED:
        python = table_of(path).python or python
    return _Read(name=text, snapshot=snapshot, python=python)


def _reference(text: str) -> Reference:
    """What is named; of a project with a lock that lock."""
    reference = Reference.parse(text)
    path = Path(reference.locator).expanduser()
    if reference.kind is not Kind.PATH or not path.is_dir() or environment_kind(str(path)) is not None:
        return reference
    lock = find_lock(read_project(path))
    return reference if lock is None else Reference(Kind.PATH, str(lock))


def _project_of(path: Path) -> Project:
    """A project that asks for what a file does, or the one in a directory."""
    if path.is_dir():
        return read_project(path)
    if not path.is_file():
        raise RequestError(f"'{path}': no such file")
    whole = read_project(path.absolute().parent)
    backend = Backend.CONDA if path.suffix in _OF_CONDA else Backend.VENV
    return structs.replace(whole, wishes=(path.name,), backend=backend)


def _decided(project: Project, name: str, options: LockOptions, directory: Path, reporter: Reporter) -> _Read:
    """What is asked for, decided now or as of a day, for this machine."""
    if project.backend is Backend.CONDA:
        raise RequestError(f"{name}: trials are made of packages of the Python index, not of conda's")
    directory.mkdir()
    here = structs.replace(
        options, platforms=(this_platform(),), urls=False, output=directory / "pylock.toml"
    )
    try:
        decision = decide(structs.replace(project, backend=Backend.VENV), here, reporter)
    except UnmetError as error:
        raise RequestError(f"{name}: {error.message}: {' '.join(error.said.split())}") from None
    write(decision)
    return _Read(
        name=name,
        snapshot=read_lock(decision.path).snapshot,
        python=decision.table.python,
        notes=tuple(f"{name}: {note}" for note in decision.notes),
    )


def _python_of(snapshot: Snapshot) -> str:
    """The release of the only Python there is; empty where there are several, or none."""
    versions = {one.version for one in snapshot.stack.layer(Layer.PYTHON) if one.name == "python"}
    return versions.pop() or "" if len(versions) == 1 else ""


def _interpreter(python: str, pythons: Iterable[str]) -> Interpreter:
    """An interpreter that is on this machine; what one side does not say, the other may."""
    wanted = python or next(filter(None, pythons), "")
    if not wanted:
        raise RequestError("no side says which Python it is for", hint="name it: --python 3.11")
    try:
        return find_interpreter(wanted)
    except OutsideError:
        if _RELEASE.fullmatch(wanted) is None:
            raise
        return find_interpreter(wanted.rpartition(".")[0])


def _side(read: _Read, interpreter: Interpreter) -> Side:
    python = interpreter.version
    stack = applicable(read.snapshot.stack, marker_environment(this_platform(), python))
    packages = stack.layer(Layer.PACKAGES)
    components = {one.name: one for one in packages}
    kept, notes = _installable(components, read)
    said = read.python and python.split(".")[:2] != read.python.split(".")[:2]
    other = (f"{read.name} is for Python {read.python}, and tried with {python}",) if said else ()
    return Side(
        name=read.name,
        python=python,
        interpreter=str(interpreter.path) if interpreter.source == "path" else "",
        components={name: components[name] for name in kept},
        packages=kept,
        notes=(*read.notes, *other, *notes),
    )


def _installable(
    components: Mapping[str, Component], read: _Read
) -> tuple[dict[str, Package], tuple[str, ...]]:
    """The packages that trials can install, and what had to be left out."""
    kept, notes = {}, []
    for name, component in components.items():
        if component.ecosystem is not Ecosystem.PYPI:
            raise RequestError(
                f"{read.name}: '{component.label}' is conda's, and trials are made of the index's packages"
            )
        try:
            kept[name] = package_of(component)
        except RequestError as error:
            notes.append(f"{read.name}: {error.message}; it is left out")
    return kept, tuple(notes)


def _without_seeds(side: Side, other: Side, read: _Read) -> Side:
    """Without what an installer put there unasked, where the other environment does not have it either."""
    if read.snapshot.origin.standing is not Standing.OBSERVED:
        return side
    dropped = SEEDS - other.packages.keys()
    return structs.replace(
        side,
        components={name: one for name, one in side.components.items() if name not in dropped},
        packages={name: one for name, one in side.packages.items() if name not in dropped},
    )


def notes_of(sides: Sides) -> Iterator[str]:
    """What is to be said of either."""
    yield from dict.fromkeys((*sides.good.notes, *sides.bad.notes))
