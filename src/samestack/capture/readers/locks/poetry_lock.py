"""``poetry.lock``: what Poetry decided for every platform and group of a project."""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final

from samestack.capture.documents import load_toml
from samestack.capture.observation import Observation
from samestack.capture.readers.locks.dependency_graph import Markers
from samestack.capture.readers.locks.marker_groups import markers_by_group
from samestack.capture.readers.locks.poetry_graph import markers_by_package
from samestack.capture.readers.locks.poetry_lock_document import LockedByPoetry, PoetryLock, PoetrySource
from samestack.capture.readers.locks.provenance import (
    UNSTATED,
    Provenance,
    of_address,
    of_index,
    of_path,
    of_repository,
)
from samestack.capture.readers.locks.python_packages import MAIN, in_groups, package, unneeded
from samestack.capture.readers.projects.poetry_project import python_of
from samestack.capture.readers.projects.pyproject import read_wishes
from samestack.capture.readers.requirements.packaging_values import (
    hash_texts,
    leading_to,
    marker_text,
    package_name,
    placed,
    shown,
    version_text,
)
from samestack.errors import InputError
from samestack.model import Component

_KNOWN_VERSION = re.compile(r"[12](\.\d{1,4})?")
_MAIN_GROUP: Final = "main"
"""What Poetry calls the packages that everybody needs."""


def read(path: Path) -> Observation:
    """The packages that a project needs, with the markers under which it needs them, and its Python."""
    file, lock = str(path), load_toml(path, PoetryLock)
    _check_version(lock, file)
    needed = _needed(lock, path)
    components: list[Component] = []
    for number, locked in enumerate(lock.package):
        with placed(file, f"$.package[{number}]"):
            components += in_groups(_component(locked, lock), needed.get(number, {MAIN: None}))
    if lock.metadata.python_versions is not None:
        with placed(file, "$.metadata.python-versions"):
            components.append(python_of(lock.metadata.python_versions))
    forgotten = (locked for number, locked in enumerate(lock.package) if number not in needed)
    return Observation(tuple(components), tuple(unneeded(locked.name, path) for locked in forgotten))


def _check_version(lock: PoetryLock, file: str) -> None:
    version = lock.metadata.lock_version
    if not _KNOWN_VERSION.fullmatch(version):
        raise InputError(
            file,
            f"lock version {shown(version)} is not known",
            place="$.metadata.lock-version",
            hint="lock it with another Poetry, or install a newer samestack",
        )


def _needed(lock: PoetryLock, path: Path) -> Mapping[int, Markers]:
    """When each package is needed: Poetry 2 says it, and for Poetry 1 it follows from what needs what."""
    file = str(path)
    with placed(file, "$.package"):
        if any(locked.groups for locked in lock.package):
            return {number: dict(_stated(locked)) for number, locked in enumerate(lock.package)}
    manifest = path.with_name("pyproject.toml")
    with leading_to(file):
        wishes = read_wishes(manifest) if manifest.is_file() else None
    with placed(file, "$.package"):
        return markers_by_package(lock, wishes)


def _stated(locked: LockedByPoetry) -> Iterator[tuple[str, str | None]]:
    for group in locked.groups:
        said = locked.markers.get(group) if isinstance(locked.markers, Mapping) else locked.markers
        for asking, marker in markers_by_group(marker_text(said)).items():
            yield asking or ("" if group == _MAIN_GROUP else group), marker


def _component(locked: LockedByPoetry, lock: PoetryLock) -> Component:
    files = locked.files or lock.metadata.files.get(locked.name, ())
    return package(
        package_name(locked.name),
        version_text(locked.version),
        provenance=UNSTATED if locked.source is None else _provenance(locked.source, locked),
        hashes=hash_texts(file.hash for file in files),
    )


def _provenance(source: PoetrySource, locked: LockedByPoetry) -> Provenance:
    if source.type == "git":
        revision = source.resolved_reference or source.reference
        return of_repository(source.url, revision, subdirectory=source.subdirectory)
    if source.type == "legacy":
        return of_index(source.url)
    if source.type in {"directory", "file"}:
        return of_path(source.url, is_editable=locked.develop)
    part = f"#subdirectory={source.subdirectory}" if source.subdirectory else ""
    return of_address(source.url + part)
