"""``pylock.toml`` (PEP 751), whichever tool wrote it."""

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, Final

from packaging.pylock import (
    Package,
    PackageArchive,
    PackageDirectory,
    PackageVcs,
    Pylock,
    PylockValidationError,
)

from samestack.capture.documents import load_toml
from samestack.capture.observation import Observation
from samestack.capture.readers.locks.marker_groups import markers_by_group
from samestack.capture.readers.locks.provenance import (
    Provenance,
    of_address,
    of_index,
    of_path,
    of_repository,
)
from samestack.capture.readers.locks.python_packages import in_groups, limits, package, python
from samestack.capture.readers.requirements.packaging_values import (
    hash_texts,
    marker_text,
    one_line,
    placed,
    shown,
)
from samestack.errors import InputError
from samestack.model import Component, Layer, Remark

READ_VERSION: Final = "1.0"
"""The version of the format that is read. Later minor versions only add to it, as PEP 751 demands."""

_LATER_VERSION = re.compile(r"1\.[1-9]\d{0,3}")


def read(path: Path) -> Observation:
    """The packages of a lock, with their markers, and its Python."""
    file, document = str(path), load_toml(path, dict[str, Any])
    version = document.get("lock-version")
    is_later = isinstance(version, str) and _LATER_VERSION.fullmatch(version) is not None
    lock = _validated({**document, "lock-version": READ_VERSION} if is_later else document, file)
    components = [python(lock.requires_python)] if lock.requires_python is not None else []
    default_groups = lock.default_groups or ()
    for index, locked in enumerate(lock.packages):
        with placed(file, f"packages[{index}]"):
            components += _components(locked, default_groups)
    with placed(file, "environments"):
        remarks = list(limits(map(str, lock.environments or ()), path))
    if is_later:
        remarks.append(_later_version(str(version), path))
    return Observation(tuple(components), tuple(remarks))


def _validated(document: dict[str, Any], file: str) -> Pylock:
    try:
        return Pylock.from_dict(document)
    except PylockValidationError as error:
        message = one_line(ValueError(error.message))
        raise InputError(file, message, place=shown(error.context) if error.context else None) from None


def _components(locked: Package, default_groups: Iterable[str]) -> Iterator[Component]:
    stated = [wheel.hashes for wheel in locked.wheels or ()]
    stated += [file.hashes for file in (locked.sdist, locked.archive) if file is not None]
    hashes = (f"{algorithm}:{digits}" for file in stated for algorithm, digits in file.items())
    marker = marker_text(str(locked.marker) if locked.marker else None)
    found = package(
        locked.name,
        str(locked.version) if locked.version else None,
        provenance=_provenance(locked),
        hashes=hash_texts(hashes),
    )
    yield from in_groups(found, markers_by_group(marker, default_groups))


def _provenance(locked: Package) -> Provenance:
    if locked.vcs is not None:
        return _of_repository(locked.vcs)
    if locked.directory is not None:
        return _of_directory(locked.directory)
    if locked.archive is not None:
        return _of_archive(locked.archive)
    return of_index(locked.index)


def _of_repository(vcs: PackageVcs) -> Provenance:
    return of_repository(
        vcs.url or str(vcs.path), vcs.commit_id, system=vcs.type, subdirectory=vcs.subdirectory
    )


def _of_directory(directory: PackageDirectory) -> Provenance:
    below = f"/{directory.subdirectory}" if directory.subdirectory else ""
    return of_path(directory.path + below, is_editable=bool(directory.editable))


def _of_archive(archive: PackageArchive) -> Provenance:
    part = f"#subdirectory={archive.subdirectory}" if archive.subdirectory else ""
    return of_address((archive.url or str(archive.path)) + part)


def _later_version(version: str, path: Path) -> Remark:
    return Remark(
        code="later-version",
        layer=Layer.PACKAGES,
        subject=path.name,
        message=f"version {version} of the format may say more than version {READ_VERSION}, which is read",
        place=str(path),
    )
