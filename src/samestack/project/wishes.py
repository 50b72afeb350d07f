"""What a project asks for, as wishes: those of its files, and the constraints of its manifest."""

from collections.abc import Iterable, Iterator
from pathlib import Path

from samestack.capture.documents import read_text
from samestack.capture.readers.requirements.packaging_values import package_name
from samestack.errors import RequestError
from samestack.project.declared import FILE_NAME
from samestack.project.manifest import Backend, Project
from samestack.project.manifest_table import PLACE
from samestack.solve.problem import Wish
from samestack.solve.wish_files.asked import Asked, digests_of
from samestack.solve.wish_files.project_wishes import Choice
from samestack.solve.wish_files.reading import read_words
from samestack.solve.written.span import line_of
from samestack.solve.written.toml_text import TOML


def wishes_of(project: Project, extras: Iterable[str] = (), groups: Iterable[str] = ()) -> Asked:
    """All that a project asks for, with the extras and groups of its manifest and these.

    :class:`RequestError` where nothing asks for packages, and for an extra or group that there is not.
    """
    words = [str(project.directory / name) for name in project.wishes]
    if not words:
        raise _nothing_asked(project)
    choice = Choice(
        extras=_names("extra", (*project.manifest.extras, *extras)),
        groups=_names("group", (*project.manifest.groups, *groups)),
    )
    return Asked.joined((read_words(words, choice), _constraints(project)))


def _names(kind: str, texts: Iterable[str]) -> frozenset[str]:
    try:
        return frozenset(map(package_name, texts))
    except ValueError as error:
        raise RequestError(f"{kind}: {error}") from None


def _nothing_asked(project: Project) -> RequestError:
    where = "this directory" if project.directory == Path() else str(project.directory)
    by = "" if project.backend is Backend.VENV else f" with {project.backend}"
    hint = "write what it needs into a pyproject.toml; samestack init does so from what it finds"
    return RequestError(f"nothing in {where} asks for packages{by}", hint=hint)


def _constraints(project: Project) -> Asked:
    if not project.manifest.constraints:
        return Asked()
    path = project.directory / FILE_NAME
    return Asked(wishes=tuple(_constraint_wishes(project, path)), digests=digests_of((path,)))


def _constraint_wishes(project: Project, path: Path) -> Iterator[Wish]:
    text = read_text(path)
    starts = {span.place: span.start for span in TOML.spans(text)}
    for index, constraint in enumerate(project.manifest.constraints):
        place = f"{PLACE}.constraints[{index}].requirement"
        yield Wish(
            text=constraint.requirement,
            file=str(path),
            line=line_of(text, starts[place]) if place in starts else 0,
            place=place,
            is_constraint=True,
        )
