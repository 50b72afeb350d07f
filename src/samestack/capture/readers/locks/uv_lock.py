"""``uv.lock``: what uv decided for every platform and group of a project, or of a workspace of several."""

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

from msgspec import structs

from samestack.capture.documents import load_toml
from samestack.capture.observation import Observation
from samestack.capture.readers.locks.dependency_graph import Markers
from samestack.capture.readers.locks.provenance import (
    Provenance,
    of_address,
    of_index,
    of_path,
    of_repository,
)
from samestack.capture.readers.locks.python_packages import in_groups, limits, package, python, unneeded
from samestack.capture.readers.locks.uv_graph import markers_by_package, members_of
from samestack.capture.readers.locks.uv_lock_document import UvLock, UvPackage, UvSource
from samestack.capture.readers.requirements.packaging_values import (
    any_of,
    hash_texts,
    package_name,
    placed,
    specifier_set,
    version_text,
)
from samestack.errors import InputError
from samestack.model import Component

KNOWN_VERSION = 1
"""The version of the format that is read; its revisions only add."""


def read(path: Path) -> Observation:
    """The packages that a project needs, with the markers under which it needs them, and its Python."""
    file, lock = str(path), load_toml(path, UvLock)
    if lock.version != KNOWN_VERSION:
        hint = "lock it with a uv that writes version 1, or install a newer samestack"
        raise InputError(file, f"version {lock.version} is not known", place="$.version", hint=hint)
    with placed(file, "$.package"):
        needed, members = markers_by_package(lock), members_of(lock)
    installed = {
        index: locked
        for index, locked in enumerate(lock.package)
        if index not in members and locked.source.virtual is None
    }
    components = list(_python(lock, file))
    for index, locked in installed.items():
        with placed(file, f"$.package[{index}]"):
            components += _components(locked, needed.get(index))
    with placed(file, "$.supported-markers"):
        remarks = list(limits(lock.supported_markers, path))
    remarks += (unneeded(locked.name, path) for index, locked in installed.items() if index not in needed)
    return Observation(tuple(components), tuple(remarks))


def _python(lock: UvLock, file: str) -> Iterator[Component]:
    if lock.requires_python is not None:
        with placed(file, "$.requires-python"):
            yield python(specifier_set(lock.requires_python))


def _components(locked: UvPackage, needed: Markers | None) -> Iterator[Component]:
    files = (*locked.wheels, *((locked.sdist,) if locked.sdist else ()))
    component = package(
        package_name(locked.name),
        version_text(locked.version) if locked.version else None,
        provenance=_provenance(locked.source),
        hashes=hash_texts(file.hash for file in files if file.hash),
    )
    if needed is None:
        yield structs.replace(component, marker=any_of(locked.resolution_markers))
    else:
        yield from in_groups(component, needed)


def _provenance(source: UvSource) -> Provenance:
    if source.git is not None:
        parts = urlsplit(source.git)
        subdirectory = parse_qs(parts.query).get("subdirectory", [None])[0]
        address = parts._replace(query="", fragment="").geturl()
        return of_repository(address, parts.fragment, subdirectory=subdirectory)
    if source.url is not None:
        part = f"#subdirectory={source.subdirectory}" if source.subdirectory else ""
        return of_address(source.url + part)
    if source.editable is not None:
        return of_path(source.editable, is_editable=True)
    local = source.path or source.directory
    return of_path(local) if local else of_index(source.registry)
