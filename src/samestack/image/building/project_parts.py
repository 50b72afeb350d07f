"""The layers of the project itself: its models, its files."""

import hashlib
from collections.abc import Callable, Iterable, Iterator
from typing import BinaryIO

from samestack.image.building.application import ApplicationFiles, application_files, file_entry
from samestack.image.building.models import model_paths
from samestack.image.building.own_package import own_package
from samestack.image.building.parts import Part, writing
from samestack.image.building.plan import layer_key
from samestack.image.layers.compression import compressor
from samestack.image.layers.entry import Content, EntryKind, LayerEntry, WrittenLayer
from samestack.image.settings import ImageSettings
from samestack.project.manifest import Project


def model_parts(project: Project, settings: ImageSettings) -> Iterator[Part]:
    """A layer for each model that the project names."""
    root = settings.working_directory.strip("/")
    for path in model_paths(project):
        entry = file_entry(project.directory, path, root)
        yield Part(kind="model", title=path, key=files_key((entry,)), write=_written((entry,)))


def application_part(project: Project, settings: ImageSettings, series: str) -> tuple[Part, ApplicationFiles]:
    """The layer of the project's files, and which files these are; ``series`` is that of Python."""
    files = application_files(project, settings, but=frozenset(model_paths(project)))
    root = LayerEntry(path=settings.working_directory.strip("/"), kind=EntryKind.DIRECTORY, mode=0o755)
    entries = (root, *files.entries, *own_package(project, settings, series))
    part = Part(
        kind="application", title=f"files of {project.name}", key=files_key(entries), write=_written(entries)
    )
    return part, files


def _written(entries: tuple[LayerEntry, ...]) -> Callable[[BinaryIO], WrittenLayer]:
    return writing(lambda: entries)


def files_key(entries: Iterable[LayerEntry]) -> str:
    """By paths, modes and contents."""
    return layer_key("files", compressor(), *(text for one in entries for text in _facts(one)))


def _facts(entry: LayerEntry) -> Iterator[str]:
    yield from (entry.path, str(entry.kind), f"{entry.mode:o}", entry.target)
    if entry.content is not None:
        yield _sha256(entry.content)


def _sha256(content: Content) -> str:
    with content.open() as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()  # type: ignore[arg-type] # any stream does
