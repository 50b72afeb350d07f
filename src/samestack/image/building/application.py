"""The project's own files in the image: what git keeps, less what only tests and what may be secret."""

import os
import posixpath
import stat
from collections.abc import Collection, Iterable, Iterator
from pathlib import Path

from msgspec import Struct

from samestack.errors import InputError, OutsideError
from samestack.image.building.file_patterns import NEVER, SECRETS, TESTS, WRITTEN, built_in, patterns
from samestack.image.building.project_paths import project_paths
from samestack.image.layers.contents import FileContent
from samestack.image.layers.entry import EntryKind, LayerEntry
from samestack.image.settings import PLACE, ImageSettings
from samestack.project.manifest import Project


class ApplicationFiles(Struct, frozen=True, kw_only=True):
    """What of the project goes into the image."""

    entries: tuple[LayerEntry, ...] = ()
    """By their paths in the image."""
    secrets: tuple[str, ...] = ()
    """Paths in the project that were left out because they are named as secrets are."""


def application_files(
    project: Project, settings: ImageSettings, *, but: Collection[str] = ()
) -> ApplicationFiles:
    """The files of a project; ``but`` are paths in it that have another place (models).

    Modes are 0644, or 0755 of what its owner may execute: what a umask left says nothing.
    :class:`InputError` for a link that leads out of the project.
    """
    never, secret = built_in((*NEVER, *WRITTEN)), built_in(SECRETS)
    paths = [path for path in project_paths(project.directory) if path not in but]
    chosen = [path for path in _chosen(paths, project, settings) if not never.match_file(path)]
    secrets = tuple(path for path in chosen if secret.match_file(path))
    root = settings.working_directory.strip("/")
    kept = (path for path in chosen if path not in secrets)
    return ApplicationFiles(
        entries=tuple(file_entry(project.directory, path, root) for path in kept), secrets=secrets
    )


def file_entry(directory: Path, path: str, root: str) -> LayerEntry:
    """A file or link of a project at its place in the image, below ``root``."""
    place, file = posixpath.join(root, path), directory / path
    try:
        status = file.lstat()
        if stat.S_ISLNK(status.st_mode):
            return LayerEntry(
                path=place, kind=EntryKind.SYMLINK, mode=0o777, target=_target(file, path, directory)
            )
    except OSError as error:
        raise OutsideError(f"{file}: cannot be read: {error.strerror}") from None
    mode = 0o755 if status.st_mode & stat.S_IXUSR else 0o644
    return LayerEntry(path=place, mode=mode, content=FileContent(path=file, size=status.st_size))


def _chosen(paths: Iterable[str], project: Project, settings: ImageSettings) -> Iterator[str]:
    file = str(project.directory / project.file)
    included = patterns(settings.include or ("*",), file=file, place=f"{PLACE}.include")
    excluded = patterns(_excluded(settings), file=file, place=f"{PLACE}.exclude")
    for path in paths:
        if included.match_file(path) and not excluded.match_file(path):
            yield path


def _excluded(settings: ImageSettings) -> tuple[str, ...]:
    return settings.exclude if settings.include else (*TESTS, *settings.exclude)


def _target(link: Path, path: str, directory: Path) -> str:
    target = os.readlink(link)  # noqa: PTH115 - the text, not what pathlib makes of it
    inside = posixpath.normpath(posixpath.join(posixpath.dirname(path), target))
    if target.startswith("/") or inside.split("/")[0] == "..":
        hint = f"copy what it leads to, or leave it out: {PLACE}.exclude"
        raise InputError(str(directory), "it is a link that leads out of the project", place=path, hint=hint)
    return target
