"""``pylock.toml`` (PEP 751) of a lock that another tool wrote.

A file of which the lock does not tell the address is named by a path beside the lock, as in a wheelhouse.
"""

import re
from collections.abc import Mapping
from typing import Any, Final

from packaging.markers import Marker
from packaging.pylock import (
    Package,
    PackageArchive,
    PackageDirectory,
    PackageSdist,
    PackageVcs,
    PackageWheel,
    Pylock,
    PylockValidationError,
)
from packaging.specifiers import InvalidSpecifier, SpecifierSet
from packaging.utils import canonicalize_name
from packaging.version import Version

from samestack import __version__
from samestack.capture.documents import read_bytes
from samestack.errors import InputError, RequestError
from samestack.lock.decision import Lock
from samestack.lock.exports.file_names import NamedFile, Release, named_files
from samestack.lock.exports.pins import Pin, pins
from samestack.model import Layer

_STANDARD: Final = "pylock.toml"
_REPOSITORY: Final = re.compile(
    r"(?P<type>git|hg|svn|bzr)\+(?P<url>[^#]+)@(?P<commit>[^@#/]+)(#subdirectory=(?P<part>.+))?"
)


def pylock(lock: Lock) -> bytes:
    """The text of a standard lock; one that is standard already stays as it is.

    :class:`RequestError` for a lock that does not name the files of its packages.
    """
    if lock.kind == _STANDARD:
        return read_bytes(lock.path)
    import tomli_w

    files = named_files(lock)
    found = Pylock(
        lock_version=Version("1.0"),
        requires_python=_requires_python(lock),
        created_by=f"samestack {__version__}",
        packages=[_package(pin, files, lock) for pin in pins(lock)],
    )
    try:
        found.validate()
    except PylockValidationError as error:
        raise InputError(str(lock.path), f"it makes no standard lock: {error}") from None
    return tomli_w.dumps(_plain(found.to_dict())).encode()


def _requires_python(lock: Lock) -> SpecifierSet | None:
    for one in lock.snapshot.stack.layer(Layer.PYTHON):
        text = f"=={one.version}" if one.version else one.requirement
        try:
            return SpecifierSet(text) if text else None
        except InvalidSpecifier:  # alternatives of Poetry's, which specifiers cannot say
            return None
    return None


def _package(pin: Pin, files: Mapping[Release, tuple[NamedFile, ...]], lock: Lock) -> Package:
    common: dict[str, Any] = {
        "name": canonicalize_name(pin.name),
        "marker": Marker(pin.marker) if pin.marker else None,
    }
    version = Version(pin.version) if pin.version else None
    if pin.is_project:
        return Package(**common, directory=PackageDirectory(path=pin.path))
    if pin.source:
        return Package(**common, version=version, **_from_source(pin, lock))
    named = files.get((pin.name, pin.version), ())
    wheels = [one for one in named if one.name.endswith(".whl")]
    sdists = [one for one in named if one not in wheels]
    if not named:
        raise RequestError(f"{lock.path}: it names no file of {pin.label}")
    return Package(
        **common,
        version=version,
        sdist=PackageSdist(**_said(sdists[0])) if sdists else None,
        wheels=[PackageWheel(**_said(one)) for one in wheels] or None,
    )


def _said(file: NamedFile) -> dict[str, Any]:
    place = {"url": file.url} if file.url else {"path": file.name}
    return {"name": file.name, **place, "hashes": _hashes([file.hash])}


def _from_source(pin: Pin, lock: Lock) -> dict[str, Any]:
    repository = _REPOSITORY.fullmatch(pin.source)
    if repository is not None:
        return {
            "vcs": PackageVcs(
                type=repository["type"],
                url=repository["url"],
                commit_id=repository["commit"],
                subdirectory=repository["part"],
            )
        }
    if not pin.hashes:
        raise RequestError(f"{lock.path}: {pin.label} comes from {pin.source}, of which no hash is given")
    return {"archive": PackageArchive(url=pin.source, hashes=_hashes(pin.hashes))}


def _hashes(texts: tuple[str, ...] | list[str]) -> dict[str, str]:
    parted = (text.partition(":") for text in texts)
    return {algorithm: digits for algorithm, _, digits in parted}


def _plain(value: Any) -> Any:  # noqa: ANN401 - a document is anything
    """The same in the types that TOML has."""
    if isinstance(value, Mapping):
        return {key: _plain(inner) for key, inner in value.items() if inner is not None}
    if isinstance(value, (list, tuple)):
        return [_plain(inner) for inner in value]
    return value if isinstance(value, (bool, int)) else str(value)
