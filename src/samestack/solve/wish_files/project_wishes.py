"""The wishes of a ``pyproject.toml``, each with its line and its place in the document."""

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Final

from msgspec import Struct

from samestack.capture.documents import load_toml, read_text
from samestack.capture.readers.locks.provenance import UNSTATED, Provenance
from samestack.capture.readers.projects.poetry_constraints import specifiers_of
from samestack.capture.readers.projects.project_tools import tool_lists
from samestack.capture.readers.projects.pyproject import (
    Manifest,
    declared_sources,
    group_lists,
    project_lists,
)
from samestack.capture.readers.projects.setuptools_dynamic import file_inside
from samestack.capture.readers.requirements.packaging_values import package_name, placed, shown
from samestack.capture.readers.requirements.requirement_lists import RequirementList
from samestack.capture.readers.requirements.requirement_texts import UnnamedError, parsed_wish
from samestack.capture.readers.requirements.wishes import Wish as Wanted
from samestack.errors import RequestError
from samestack.model import normalized_python_name
from samestack.solve.problem import Wish
from samestack.solve.wish_files.asked import Asked, LocalProject, PythonWish, digests_of
from samestack.solve.wish_files.poetry_wishes import (
    PlacedWish,
    extras_of,
    group_wishes,
    groups_of,
    main_wishes,
)
from samestack.solve.wish_files.requirement_text import named, specified, taken
from samestack.solve.wish_files.requirement_wishes import read_requirements
from samestack.solve.written.span import Span, line_of, place_key
from samestack.solve.written.toml_text import TOML

_EXTRAS: Final = "project.optional-dependencies."


class Choice(Struct, frozen=True):
    """The extras and groups that are wanted, beside what everybody needs."""

    extras: frozenset[str] = frozenset()
    groups: frozenset[str] = frozenset()


def read_project(path: Path, choice: Choice) -> Asked:
    """What a manifest asks for; :class:`RequestError` for an extra or a group that it does not have."""
    manifest = load_toml(path, Manifest)
    lists = (
        *project_lists(manifest.project),
        *group_lists(manifest.groups, path),
        *tool_lists(manifest.tool),
    )
    _check_known(choice, lists, manifest, path)
    chosen = Choice(choice.extras | _own_extras(manifest, lists, choice), choice.groups)
    reader = _Reader(manifest, path)
    of_lists = (
        reader.of_text(one, index) for one in lists if _is_chosen(one, chosen) for index in _indexes(one)
    )
    of_poetry = (reader.of_poetry(one) for one in _of_poetry(manifest, str(path), chosen))
    from_files = _from_files(manifest, path, chosen)
    own = Asked(pythons=tuple(_pythons(manifest, path)), digests=digests_of((path,)))
    return Asked.joined((own, *of_lists, *of_poetry, *from_files, Asked(notes=tuple(_notes(manifest, path)))))


class _Reader:
    """Turns what stands in one manifest into wishes, each with its line."""

    def __init__(self, manifest: Manifest, path: Path) -> None:
        self._own = _own_name(manifest)
        self._path = path
        self._sources = declared_sources(manifest, path)
        self._text = read_text(path)
        self._spans = {place_key(span.place): span for span in TOML.spans(self._text)}

    def of_text(self, one: RequirementList, index: int) -> Asked:
        """One requirement of a list."""
        place, text = f"{one.place}[{index}]", one.texts[index].strip()
        with placed(str(self._path), place):
            bare = text.removeprefix("-e ")
            try:
                wanted = parsed_wish(bare, self._path.parent, is_editable=bare != text)
            except UnnamedError as error:
                return Asked(notes=(f"{self._path}, {place}: {error}: it is left out",))
            if wanted.name == self._own:  # a project that names itself asks for more of its own extras
                return Asked()
            if wanted.provenance == UNSTATED and wanted.name in self._sources:
                return self._from_source(wanted, bare, place)
            found = taken(bare, self._path.parent, is_editable=bare != text)
        if found.project is not None:
            return Asked(projects=(found.project,))
        return self._wish(found.text, place, is_constraint=one.is_constraint)

    def of_poetry(self, one: PlacedWish) -> Asked:
        """One dependency in Poetry's syntax."""
        wanted = one.wanted
        if wanted.name == self._own:
            return Asked()
        if wanted.alternatives is not None:
            said = f"one of several ranges ({shown(wanted.alternatives)}) cannot be said to a solver"
            return Asked(notes=(f"{self._path}, {one.place}: {said}: it is left out",))
        if wanted.provenance != UNSTATED:
            return self._from(wanted.provenance, wanted, specified(wanted), one.place)
        return self._wish(specified(wanted), one.place)

    def _from_source(self, wanted: Wanted, text: str, place: str) -> Asked:
        return self._from(self._sources[wanted.name], wanted, text, place)

    def _from(self, provenance: Provenance, wanted: Wanted, text: str, place: str) -> Asked:
        """A requirement that a table gives a source of its own."""
        if provenance.source is not None:
            return self._wish(named(wanted, provenance.source), place)
        said = provenance.circumstances
        if "index" in said:
            note = (
                f"{self._path}, {place}: the index {said['index']} is not asked, only the configured one is"
            )
            return Asked.joined((self._wish(text, place), Asked(notes=(note,))))
        local = said.get("path") or said.get("editable")
        if isinstance(local, str) and (self._path.parent / local).is_dir():
            return Asked(projects=(LocalProject(str(self._path.parent / local), wanted.extras),))
        note = f"{self._path}, {place}: what {wanted.name} is lies elsewhere in the workspace: it is left out"
        return Asked(notes=(note,))

    def _wish(self, text: str, place: str, *, is_constraint: bool = False) -> Asked:
        span: Span | None = self._spans.get(place_key(place))
        line = line_of(self._text, span.start) if span is not None else 0
        wish = Wish(text=text, file=str(self._path), line=line, place=place, is_constraint=is_constraint)
        return Asked(wishes=(wish,))


def _indexes(one: RequirementList) -> range:
    return range(len(one.texts))


def _is_chosen(one: RequirementList, choice: Choice) -> bool:
    wanted = choice.extras if one.place.startswith(_EXTRAS) else choice.groups
    return not one.groups or bool(wanted & set(map(package_name, one.groups)))


def _of_poetry(manifest: Manifest, file: str, choice: Choice) -> Iterator[PlacedWish]:
    if manifest.project.leaves_dependencies_to_poetry:
        yield from main_wishes(manifest.tool.poetry, file, choice.extras)
    yield from group_wishes(manifest.tool.poetry, file, choice.groups)


def _own_extras(manifest: Manifest, lists: Iterable[RequirementList], choice: Choice) -> frozenset[str]:
    """The extras that the chosen ones ask of the project itself, and those that these ask for."""
    own, all_lists = _own_name(manifest), tuple(lists)
    extras = choice.extras
    while own:
        chosen = Choice(extras, choice.groups)
        texts = (text for one in all_lists if _is_chosen(one, chosen) for text in one.texts)
        asked = {extra for text in texts for extra in _extras_of(text, own)}
        if asked <= extras:
            break
        extras |= asked
    return extras


def _extras_of(text: str, own: str) -> tuple[str, ...]:
    try:
        wanted = parsed_wish(text.strip(), Path())
    except ValueError:  # it is reported with its place when it is read in earnest
        return ()
    return wanted.extras if wanted.name == own else ()


def _own_name(manifest: Manifest) -> str:
    return normalized_python_name(manifest.project.name or manifest.tool.poetry.name or "")


def _check_known(choice: Choice, lists: Iterable[RequirementList], manifest: Manifest, path: Path) -> None:
    extras, groups = set(extras_of(manifest.tool.poetry)), set(groups_of(manifest.tool.poetry))
    for one in lists:
        (extras if one.place.startswith(_EXTRAS) else groups).update(map(package_name, one.groups))
    extras |= set(map(package_name, manifest.tool.setuptools.dynamic.optional_dependencies))
    for kind, wanted, known in (("extra", choice.extras, extras), ("group", choice.groups, groups)):
        if missing := sorted(wanted - known):
            hint = f"it has {', '.join(sorted(known))}" if known else f"it has no {kind} at all"
            raise RequestError(f"{path} has no {kind} '{shown(missing[0])}'", hint=hint)


def _from_files(manifest: Manifest, path: Path, choice: Choice) -> Iterator[Asked]:
    """What the requirements files ask for that setuptools is told to read."""
    dynamic = manifest.tool.setuptools.dynamic
    extras = (
        files
        for extra, files in dynamic.optional_dependencies.items()
        if package_name(extra) in choice.extras
    )
    for files in (dynamic.dependencies, *extras):
        for name in files.names:
            yield read_requirements(file_inside(path, name))


def _pythons(manifest: Manifest, path: Path) -> Iterator[PythonWish]:
    if manifest.project.requires_python is not None:
        yield PythonWish(manifest.project.requires_python, f"requires-python of {path}")
    elif isinstance(constraint := manifest.tool.poetry.dependencies.get("python"), str):
        with placed(str(path), "tool.poetry.dependencies.python"):
            specifiers = specifiers_of(constraint)
        if specifiers is not None:
            yield PythonWish(str(specifiers), f"the Python of {path}")


def _notes(manifest: Manifest, path: Path) -> Iterator[str]:
    told: Mapping[str, object] = {
        "dependencies": manifest.tool.setuptools.dynamic.dependencies.names
        or manifest.tool.poetry.dependencies,
        "optional-dependencies": manifest.tool.setuptools.dynamic.optional_dependencies,
    }
    for key, elsewhere in told.items():
        if key in manifest.project.dynamic and not elsewhere:
            yield f"{path}: {key} are known only when the project is built, which is not done here"
