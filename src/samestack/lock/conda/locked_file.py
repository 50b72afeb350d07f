"""One file of the package index that a conda environment gets on top."""

from typing import Final

from msgspec import Struct
from packaging.pylock import Package, PackageArchive, PackageDirectory, PackageSdist, PackageVcs, PackageWheel

from samestack.capture.addresses import without_credentials
from samestack.errors import RequestError

_SHA256: Final = "sha256"

Source = PackageVcs | PackageDirectory | PackageArchive | PackageWheel | PackageSdist


class LockedFile(Struct, frozen=True, kw_only=True):
    """A package and the one file of it that the platform takes."""

    name: str
    """Normalised."""
    version: str
    """Empty only where a repository has not told it."""
    address: str
    """Where it lies: an address, a repository with its commit, or ``./`` and its name where that is all."""
    sha256: str = ""
    """Of the file; empty for a repository, whose commit is its hash."""

    @property
    def file_name(self) -> str:
        """The last part of the address."""
        return self.address.partition("#")[0].rpartition("/")[2]

    @property
    def is_repository(self) -> bool:
        """Whether it is a commit of a repository, and no file."""
        return "+" in self.address.partition("://")[0]


def locked_file(package: Package, source: Source, *, has_url: bool) -> LockedFile:
    """What was selected of a ``pylock.toml``; a file of this machine is known by its name alone.

    :class:`RequestError` for a project of this machine, which a lock cannot hold.
    """
    version = "" if package.version is None else str(package.version)
    if isinstance(source, PackageVcs):
        return LockedFile(name=package.name, version=version, address=_of_repository(source))
    if isinstance(source, PackageDirectory):
        raise RequestError(f"{package.name} is a directory of this machine, which a pixi.lock cannot hold")
    url = without_credentials(source.url or "")
    is_kept = url.startswith(("http://", "https://")) and (has_url or isinstance(source, PackageArchive))
    address = url if is_kept else f"./{_file_name(source)}"
    return LockedFile(
        name=package.name, version=version, address=address, sha256=source.hashes.get(_SHA256, "")
    )


def _file_name(source: PackageArchive | PackageWheel | PackageSdist) -> str:
    if isinstance(source, PackageArchive):
        return (source.url or source.path or "").partition("#")[0].rpartition("/")[2]
    return source.filename


def _of_repository(source: PackageVcs) -> str:
    address = without_credentials(source.url or "")
    part = f"#subdirectory={source.subdirectory}" if source.subdirectory else ""
    return f"{source.type}+{address}@{source.commit_id}{part}"
