"""The files of each release that a lock names: a standard lock has to name them, hashes are not enough."""

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Final
from urllib.parse import unquote, urlsplit

from msgspec import Struct, field

from samestack.capture.addresses import without_credentials
from samestack.capture.documents import load_toml
from samestack.capture.readers.requirements.packaging_values import package_name, placed, version_text
from samestack.errors import RequestError
from samestack.lock.decision import Lock
from samestack.lock.poetry.locked_files import locked_files

Release = tuple[str, str]
"""The normalised name and the version."""


class NamedFile(Struct, frozen=True, kw_only=True):
    """A wheel or a source distribution."""

    name: str
    hash: str
    """The algorithm, a colon and the digits."""
    url: str = ""
    """Where it can be had, if the lock says so; never with credentials."""


class _UvFile(Struct, frozen=True):
    hash: str = ""
    url: str = ""
    path: str = ""
    filename: str = ""


class _UvPackage(Struct, frozen=True):
    name: str
    version: str = ""
    sdist: _UvFile | None = None
    wheels: tuple[_UvFile, ...] = ()


class _UvLock(Struct, frozen=True):
    package: tuple[_UvPackage, ...] = field(default_factory=tuple)


def named_files(lock: Lock) -> Mapping[Release, tuple[NamedFile, ...]]:
    """By release; :class:`RequestError` for a lock that has hashes alone."""
    if lock.kind == "poetry.lock":
        return {
            release: tuple(NamedFile(name=one.file, hash=one.hash) for one in files)
            for release, files in locked_files(lock.path).items()
        }
    if lock.kind == "uv.lock":
        return dict(_of_uv(lock.path))
    raise RequestError(
        f"{lock.path}: a {lock.kind} has the hashes of files and not their names",
        hint="decide a standard lock of the project: samestack lock",
    )


def _of_uv(path: Path) -> Iterator[tuple[Release, tuple[NamedFile, ...]]]:
    for index, package in enumerate(load_toml(path, _UvLock).package):
        files = (*package.wheels, *((package.sdist,) if package.sdist is not None else ()))
        if package.version:
            with placed(str(path), f"package[{index}]"):
                release = package_name(package.name), version_text(package.version)
            yield release, tuple(_named(files))


def _named(files: Iterable[_UvFile]) -> Iterator[NamedFile]:
    for one in files:
        address = without_credentials(one.url)
        name = one.filename or unquote(urlsplit(address or one.path).path.rpartition("/")[2])
        yield NamedFile(name=name, hash=one.hash, url=_kept(address))


_SHARED: Final = ("https://", "http://")


def _kept(address: str) -> str:
    return address if address.startswith(_SHARED) else ""
