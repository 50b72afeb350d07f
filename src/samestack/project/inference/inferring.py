"""From a directory to the manifest that it gets: read, decided, planned; nothing is written here."""

from collections.abc import Iterator
from pathlib import Path

from msgspec import Struct, structs
from packaging.requirements import Requirement

from samestack.capture.readers.projects.pyproject import read_wishes
from samestack.errors import RequestError
from samestack.model import normalized_python_name
from samestack.project.declared import FILE_NAME, Declared, declared_in
from samestack.project.inference.clue import Clue, Kind, Seen
from samestack.project.inference.deciding import Given, drafted
from samestack.project.inference.draft import Draft, Entry
from samestack.project.inference.observing import observed
from samestack.project.inference.project_tree import project_tree
from samestack.project.inference.writing import standing, written
from samestack.project.manifest import Backend, Project
from samestack.project.manifest_values import is_python
from samestack.project.reading import ENVIRONMENTS, read_project
from samestack.project.texts import text_and_mark
from samestack.solve.edits import FileChange

_OF_SETUPTOOLS = frozenset({"setup.py", "setup.cfg"})


class Inference(Struct, frozen=True, kw_only=True):
    """The manifest as it is and as it is to be, and what each new value was told by."""

    change: FileChange
    is_new: bool
    """Whether there is no manifest yet."""
    added: tuple[Entry, ...]
    doubts: tuple[str, ...]


def inferred(directory: Path, *, python: str = "", backend: Backend | None = None) -> Inference:
    """What a directory gets for a manifest; ``python`` and ``backend`` go before what its files tell.

    :class:`RequestError` where nothing tells anything, :class:`InputError` for a manifest that is malformed.
    """
    if python and not is_python(python):
        raise RequestError(f"'{python}' is no version of Python", hint="write --python 3.9")
    project, declared = read_project(directory), declared_in(directory)
    _check_says_no_other(project, python, backend)
    tree = project_tree(directory)
    seen = observed(tree)
    if not seen.clues and not declared.is_there:
        hint = "write what it needs into a requirements.txt, and run it again"
        raise RequestError(f"nothing in {directory} tells what it needs", hint=hint)
    chosen = backend or project.backend
    draft = drafted(
        _with_declared(seen, project, declared, chosen), _given(project, declared, chosen, python)
    )
    path = directory / FILE_NAME
    is_new = not path.is_file()
    before, mark = ("", b"") if is_new else text_and_mark(path)
    added = tuple(_missing(draft, before, chosen, declared))
    has_script = not _OF_SETUPTOOLS.isdisjoint(tree.files)
    is_setuptools = has_script and any(entry.key == "project.name" for entry in added)
    after = written(before, added, str(path), is_setuptools=is_setuptools)
    change = FileChange(file=str(path), before=before, after=after, mark=mark)
    return Inference(change=change, is_new=is_new, added=added, doubts=draft.doubts)


def _check_says_no_other(project: Project, python: str, backend: Backend | None) -> None:
    """What stands in the manifest is not changed, so nothing else can be asked for."""
    said = project.manifest
    for key, asked, standing_there in (("python", python, said.python), ("backend", backend, said.backend)):
        if asked and standing_there and asked != standing_there:
            message = f"{project.directory / FILE_NAME} says {key} = '{standing_there}' already"
            raise RequestError(message, hint=f"change it there, or leave out --{key}")


def _given(project: Project, declared: Declared, backend: Backend, python: str) -> Given:
    is_own = backend is project.backend
    return Given(
        name=project.name,
        backend=backend,
        backend_reason=project.backend_reason if is_own else "--backend",
        python=python or project.manifest.python,
        is_python_asked=bool(python),
        is_declared=declared.has_dependencies or backend is not Backend.VENV,
    )


def _with_declared(seen: Seen, project: Project, declared: Declared, backend: Backend) -> Seen:
    """The clues with what the manifest says, or conda's environment where conda is to decide."""
    own = tuple(_declared(project, declared))
    told = tuple(_by_conda(one) if backend is Backend.CONDA else one for one in seen.clues)
    return Seen((*own, *told), seen.doubts)


def _declared(project: Project, declared: Declared) -> Iterator[Clue]:
    if declared.requires_python:
        yield Clue(kind=Kind.REQUIRES_PYTHON, value=declared.requires_python, place=FILE_NAME)
    if declared.is_there:
        for wish in read_wishes(project.directory / FILE_NAME):
            yield Clue(kind=Kind.DECLARED, value=wish.name, place=FILE_NAME)
        yield Clue(kind=Kind.DECLARED, value=project.name, place=FILE_NAME)


def _by_conda(clue: Clue) -> Clue:
    if clue.kind is not Kind.DEPENDENCY or not clue.place.startswith(ENVIRONMENTS):
        return clue
    name = normalized_python_name(Requirement(clue.value).name)
    return structs.replace(clue, kind=Kind.DECLARED, value=name)


def _missing(draft: Draft, text: str, backend: Backend, declared: Declared) -> Iterator[Entry]:
    """What the manifest does not say yet. Where another tool has its own tables, the standard's stay out."""
    said = standing(text)
    of_others = backend is not Backend.VENV or declared.is_poetry
    for entry in draft.entries:
        is_standard = not entry.key.startswith("tool.samestack.")
        if not said.says(entry.key) and not (of_others and is_standard):
            yield entry
