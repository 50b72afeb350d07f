"""Installed packages of Fedora, RHEL, SUSE and their kin: rpm's database, read without rpm."""

import os
from collections.abc import Callable, Iterator
from typing import BinaryIO, Final

from samestack.capture.observation import Observation
from samestack.capture.probes.system.rpm_berkeley import berkeley_headers
from samestack.capture.probes.system.rpm_headers import read_rpm_header
from samestack.capture.probes.system.rpm_ndb import ndb_headers
from samestack.capture.probes.system.system_packages import SystemPackage, observe_packages
from samestack.capture.tree import Tree
from samestack.model import Ecosystem, Layer, Remark

_DIRECTORIES: Final = ("/usr/lib/sysimage/rpm", "/var/lib/rpm", "/usr/share/rpm")
_MAX_BYTES: Final = 1024 * 1024 * 1024
"""The largest database that is read. One of 3,000 packages has about 150 MB."""
_KEY: Final = "gpg-pubkey"
"""The name under which rpm keeps the keys that it trusts: no package."""


def read_rpm_packages(tree: Tree) -> Observation:
    """Every package that rpm has installed; nothing where rpm is not the package manager.

    A database that is damaged gives what could be read of it, and a remark.
    """
    found = next(_databases(tree), None)
    if found is None:
        return Observation()
    path, headers = found
    packages, problem = _read(_bounded(headers(tree, path), _size(tree, path)))
    installed = (package for package in packages if package.name != _KEY)
    observation = observe_packages(Ecosystem.RPM, installed, place=tree.shown(path))
    return Observation(
        observation.components, (*observation.remarks, *_of_problem(problem, tree.shown(path)))
    )


def _read(headers: Iterator[bytes]) -> tuple[list[SystemPackage], str]:
    """The packages up to the first one that is damaged, and what is the matter there."""
    packages: list[SystemPackage] = []
    try:
        for header in headers:
            packages.append(read_rpm_header(header))  # noqa: PERF401 - those before the damage count
    except ValueError as error:
        return packages, str(error)
    return packages, ""


_Headers = Callable[[Tree, str], Iterator[bytes]]


def _databases(tree: Tree) -> Iterator[tuple[str, _Headers]]:
    for directory in _DIRECTORIES:
        for name, headers in _FORMATS.items():
            if tree.is_file(f"{directory}/{name}"):
                yield f"{directory}/{name}", headers


def _from_sqlite(tree: Tree, path: str) -> Iterator[bytes]:
    from samestack.capture.probes.system.rpm_sqlite import (
        sqlite_headers,  # 5 ms, where there is such a database
    )

    with tree.open(path) as file:
        if not tree.is_file(_journal(path)):
            yield from sqlite_headers(file, None)
            return
        with tree.open(_journal(path)) as log:
            yield from sqlite_headers(file, log)


def _opened(headers: Callable[[BinaryIO], Iterator[bytes]]) -> _Headers:
    def opened(tree: Tree, path: str) -> Iterator[bytes]:
        with tree.open(path) as file:
            yield from headers(file)

    return opened


_FORMATS: Final[dict[str, _Headers]] = {
    "rpmdb.sqlite": _from_sqlite,
    "Packages.db": _opened(ndb_headers),
    "Packages": _opened(berkeley_headers),
}


def _bounded(headers: Iterator[bytes], size: int) -> Iterator[bytes]:
    """The headers, unless they add up to more than the file holds: some would then lie inside others."""
    if size > _MAX_BYTES:
        raise ValueError(f"it is larger than the {_MAX_BYTES} bytes that are read")
    left = size
    for header in headers:
        left -= len(header)
        if left < 0:
            raise ValueError("its packages overlap")
        yield header


def _size(tree: Tree, path: str) -> int:
    files = [file for file in (path, _journal(path)) if tree.is_file(file)]
    return sum(_length(tree, file) for file in files)


def _length(tree: Tree, path: str) -> int:
    with tree.open(path) as file:
        return file.seek(0, os.SEEK_END)


def _journal(path: str) -> str:
    """Where SQLite keeps what is not yet in the database itself."""
    return f"{path}-wal"


def _of_problem(problem: str, place: str) -> tuple[Remark, ...]:
    if not problem:
        return ()
    return (
        Remark(
            code="package-database-damaged",
            layer=Layer.SYSTEM,
            subject="rpm",
            message=f"the packages were not read to the end: {problem}; repair them with: rpm --rebuilddb",
            place=place,
        ),
    )
