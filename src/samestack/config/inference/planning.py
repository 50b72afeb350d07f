"""What ``config init`` makes of a project's files: planned as texts, written by who applies them."""

from pathlib import Path
from typing import Final

from msgspec import Struct

from samestack.config.inference.inferring import Inference, Inferred, inferred
from samestack.config.inference.manifest_writing import with_fields, with_schema
from samestack.config.inference.profile_files import (
    BASE,
    PROFILES,
    base_document,
    ignoring,
    missing_documents,
    profile_document,
)
from samestack.config.settings import PLACE, ConfigSettings, config_settings
from samestack.errors import InputError, OutsideError
from samestack.files import write_file
from samestack.project.texts import text_and_mark
from samestack.solve.edits import FileChange, apply

MANIFEST: Final = "pyproject.toml"
_IGNORE: Final = ".gitignore"


class Plan(Struct, frozen=True, kw_only=True):
    """What is to be written."""

    added: tuple[Inferred, ...] = ()
    """The fields that the manifest gets."""
    schema: str = ""
    """The settings class that the manifest gets."""
    changes: tuple[FileChange, ...] = ()
    """Of those files that change; one whose text was empty may not be there yet."""
    doubts: tuple[str, ...] = ()


def planned(project: Path) -> Plan:
    """The plan for a project; nothing is written, and nothing of the project is run.

    :class:`~samestack.errors.InputError` for a manifest that is malformed, or cannot be added to.
    """
    settings = config_settings(project / MANIFEST)
    found = inferred(project)
    schema = _schema(settings, found)
    is_table = not (schema or settings.schema)
    added = tuple(one for one in found.variables if is_table and one.name not in settings.fields)
    directory = _directory(project, settings)
    missing = missing_documents(directory, (BASE, *PROFILES))
    with_defaults = frozenset() if BASE in missing else frozenset(one.name for one in added)
    manifest, mark = _text(project / MANIFEST)
    after = with_schema(manifest, schema, str(project / MANIFEST)) if schema else manifest
    after = with_fields(after, added, with_defaults, str(project / MANIFEST))
    ignored, ignored_mark = _text(project / _IGNORE)
    changes = (
        FileChange(file=str(project / MANIFEST), before=manifest, after=after, mark=mark),
        *(_document(directory, stem, added) for stem in missing),
        FileChange(file=str(project / _IGNORE), before=ignored, after=ignoring(ignored), mark=ignored_mark),
    )
    return Plan(
        added=added,
        schema=schema,
        changes=tuple(change for change in changes if change.after != change.before),
        doubts=(*_of_classes(found, settings, schema), *found.doubts),
    )


def write(plan: Plan) -> None:
    """Write every file that changes; each appears whole or not at all."""
    for change in plan.changes:
        path = Path(change.file)
        if path.exists():
            apply((change,))
            continue
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise OutsideError(f"{path.parent}: cannot be made: {error.strerror}") from None
        write_file(change.after.encode(), path)


def _schema(settings: ConfigSettings, found: Inference) -> str:
    """The class to be named, where the manifest names neither a class nor fields."""
    is_open = not settings.schema and not settings.fields
    return found.settings[0].reference if is_open and found.settings else ""


def _directory(project: Path, settings: ConfigSettings) -> Path:
    """Where the documents stand; :class:`InputError` for a place outside of the project."""
    said = Path(settings.directory)
    if said.is_absolute() or ".." in said.parts:
        hint = "name a directory of the project"
        raise InputError(str(project / MANIFEST), "it leads out", place=f"{PLACE}.directory", hint=hint)
    return project / said


def _text(path: Path) -> tuple[str, bytes]:
    return text_and_mark(path) if path.exists() else ("", b"")


def _document(directory: Path, stem: str, variables: tuple[Inferred, ...]) -> FileChange:
    text = base_document(variables) if stem == BASE else profile_document(stem, variables)
    return FileChange(file=str(directory / f"{stem}.toml"), before="", after=text)


def _of_classes(found: Inference, settings: ConfigSettings, schema: str) -> tuple[str, ...]:
    """Settings classes that are not the schema, and variables that are read beside the one that is."""
    said = schema or settings.schema
    others = [f"{one.place}: {one.reference} could be the schema, too" for one in found.settings]
    if not said:
        return tuple(others) if settings.fields else ()
    beside = [
        f"{one.places[0]}: {one.name} is read beside {said}, which has to know it" for one in found.variables
    ]
    return (*(one for one in others if f" {said} " not in one), *beside)
