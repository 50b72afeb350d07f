"""The wheels that a lock decides for a target: one a package, the best that the target takes."""

import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from urllib.parse import unquote, urlsplit

from msgspec import Struct
from packaging.pylock import Package, PackageWheel, Pylock, PylockSelectError, PylockValidationError

from samestack.errors import InputError, RequestError
from samestack.image.building.target import Target, wheel_tags
from samestack.lock.decision import Lock
from samestack.lock.exports.pylock import pylock
from samestack.lock.platforms import marker_environment


class LockedWheel(Struct, frozen=True, kw_only=True):
    """One wheel that a lock names."""

    name: str
    """Of the package, normalised."""
    version: str
    file: str
    """Its file name."""
    sha256: str
    """64 hexadecimal digits."""
    size: int = 0
    """Bytes; 0 where the lock does not say."""
    url: str = ""
    """Where the lock says it can be had."""
    path: str = ""
    """Where it lies on this machine, if it does."""

    @property
    def label(self) -> str:
        """``name==version sha256:<hash>``, as the annotations of a layer have it."""
        return f"{self.name}=={self.version} sha256:{self.sha256}"


def locked_wheels(lock: Lock, target: Target) -> tuple[LockedWheel, ...]:
    """The wheels by the names of their packages.

    Directories of this machine are left out: the project's files come into the image by themselves.
    :class:`RequestError` for a package that has no wheel for the target, or comes from a repository.
    """
    document = _document(lock)
    environment = marker_environment(target.platform.in_a_lock, target.python)
    try:
        chosen = document.select(
            environment={**environment},  # type: ignore[arg-type] # a typed dictionary of these very keys
            tags=wheel_tags(target),
            extras=_extras(lock, document),
            dependency_groups=_groups(lock, document),
        )
        found = [_wheel(package, file, lock) for package, file in chosen if package.directory is None]
    except PylockSelectError as error:
        hint = f"lock it for {target.platform.in_a_lock} and Python {target.python}: samestack lock"
        raise RequestError(f"{lock.path}: {error}", hint=hint) from None
    return tuple(sorted(found, key=lambda one: one.name))


def _document(lock: Lock) -> Pylock:
    try:
        return Pylock.from_dict(tomllib.loads(pylock(lock).decode()))
    except (PylockValidationError, tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise InputError(str(lock.path), f"it is no standard lock: {error}") from None


def _extras(lock: Lock, document: Pylock) -> frozenset[str]:
    return frozenset(document.extras or ()) & frozenset(lock.table.extras)


def _groups(lock: Lock, document: Pylock) -> frozenset[str] | None:
    """Those that the lock is for; without a word on it, the lock's own default."""
    groups = frozenset(document.dependency_groups or ()) & frozenset(lock.table.groups)
    return groups or None


def _wheel(package: Package, file: object, lock: Lock) -> LockedWheel:
    version = "" if package.version is None else str(package.version)
    if not isinstance(file, PackageWheel):
        raise _not_a_wheel(package, version, lock)
    digits = _sha256(file.hashes, package, lock)
    url, path = file.url or "", file.path or ""
    name = file.name or unquote(urlsplit(url or path).path.rpartition("/")[2])
    return LockedWheel(
        name=package.name,
        version=version,
        file=name,
        sha256=digits,
        size=file.size or 0,
        url=url,
        path=next(_beside(lock.path, path), ""),
    )


def _beside(lock: Path, path: str) -> Iterator[str]:
    """A file that the lock names by a path, where somebody has put it there."""
    found = lock.parent / path if path else None
    if found is not None and found.is_file():
        yield str(found.resolve())


def _sha256(hashes: Mapping[str, str], package: Package, lock: Lock) -> str:
    digits = hashes.get("sha256", "").lower()
    if len(digits) != 64 or not set(digits) <= set("0123456789abcdef"):
        hint = "lock it again: samestack lock"
        raise InputError(str(lock.path), f"the wheel of {package.name} has no SHA-256", hint=hint)
    return digits


def _not_a_wheel(package: Package, version: str, lock: Lock) -> RequestError:
    return RequestError(
        f"{lock.path}: {package.name} {version} has no wheel for this platform and Python, and an image is "
        "made of wheels alone",
        hint="build its wheel once, put it into an index or beside the lock, and lock again",
    )
