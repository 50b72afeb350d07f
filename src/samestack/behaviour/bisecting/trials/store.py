"""Packages that have been unpacked: each release once for a series of Python on a machine, whoever wants it.

An entry is made aside and renamed when it is whole. Of several processes that want the same one, one makes it
and the others wait; what a killed one has left is cleared away by the next.
"""

import contextlib
import fcntl
import os
import shutil
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import msgspec
from msgspec import Struct

from samestack.behaviour.bisecting.trials.description import Package
from samestack.behaviour.bisecting.trials.installing import UnbuildableError, compile_bytecode, install
from samestack.behaviour.bisecting.trials.layout import Layout, layout_of, site_packages
from samestack.behaviour.bisecting.trials.place import Place
from samestack.behaviour.bisecting.trials.scripts import make_movable
from samestack.capture.cache import cache_directory
from samestack.envs.interpreters import Interpreter
from samestack.errors import OutsideError
from samestack.sha256 import sha256_hex

_NAME: Final = "trials-1"
_PREFIX: Final = "prefix"
_LAYOUT: Final = "layout.json"


class Unpacked(Struct, frozen=True):
    """A package in the store."""

    package: Package
    prefix: Path
    layout: Layout


class Store:
    """A directory of unpacked packages, for any number of threads and processes."""

    def __init__(self, directory: Path) -> None:
        self.directory = directory
        self._known: dict[Path, Unpacked] = {}
        self._unbuildable: dict[Path, str] = {}

    def has(self, package: Package, interpreter: Interpreter) -> bool:
        """Whether a package is unpacked already."""
        entry = self._entry(package, interpreter)
        return entry in self._known or entry.is_dir()

    def unpacked(self, package: Package, interpreter: Interpreter, place: Place) -> Unpacked:
        """A package as this interpreter has it; unpacked now, where that has not been done before.

        :class:`UnbuildableError` where it cannot be had; ``place`` is what uv is run with.
        """
        entry = self._entry(package, interpreter)
        if entry not in self._known:
            if entry in self._unbuildable:
                raise UnbuildableError(self._unbuildable[entry])
            try:
                self._known[entry] = self._entered(entry, package, interpreter, place)
            except UnbuildableError as error:
                self._unbuildable[entry] = error.message
                raise
            except OSError as error:
                raise OutsideError(f"{entry}: cannot be made: {error.strerror}") from None
        return self._known[entry]

    def _entry(self, package: Package, interpreter: Interpreter) -> Path:
        return self.directory / _machine(interpreter) / _key(package)

    def _entered(self, entry: Path, package: Package, interpreter: Interpreter, place: Place) -> Unpacked:
        if not entry.is_dir():
            entry.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            with _held(entry.with_name(f"{entry.name}.lock")):
                if not entry.is_dir():
                    _make(entry, package, interpreter, place)
        layout = msgspec.json.decode((entry / _LAYOUT).read_bytes(), type=Layout)
        return Unpacked(package, entry / _PREFIX, layout)


def default_store() -> Store | None:
    """The store in the user's cache; ``None`` where the user has switched caches off."""
    directory = cache_directory(os.environ, _NAME)
    return None if directory is None else _opened(Path(directory))


_STORES: Final[dict[Path, Store]] = {}
_OPENING: Final = threading.Lock()


def _opened(directory: Path) -> Store:
    """One for all threads of this process: what one has found, the others know."""
    with _OPENING:
        return _STORES.setdefault(directory, Store(directory))


def _make(entry: Path, package: Package, interpreter: Interpreter, place: Place) -> None:
    aside = entry.with_name(f".{entry.name}")
    shutil.rmtree(aside, ignore_errors=True)
    prefix = aside / _PREFIX
    prefix.mkdir(parents=True)
    try:
        install((package,), ("--prefix", prefix, "--python", interpreter.path), place)
        compile_bytecode(prefix / site_packages(interpreter), interpreter.path, place)
        make_movable(prefix / "bin", interpreter)
        (aside / _LAYOUT).write_bytes(msgspec.json.encode(layout_of(prefix, interpreter)))
        aside.rename(entry)
    except BaseException:
        shutil.rmtree(aside, ignore_errors=True)
        raise


@contextlib.contextmanager
def _held(file: Path) -> Iterator[None]:
    """Be the only one, of all threads and processes, that holds this file."""
    descriptor = os.open(file, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        with contextlib.suppress(OSError):  # some network file systems know no such locks
            fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


def _machine(interpreter: Interpreter) -> str:
    """What files of a package depend on: several machines may share a home directory."""
    system = os.uname()
    try:
        library = (os.confstr("CS_GNU_LIBC_VERSION") or "").replace(" ", "-")
    except (ValueError, OSError):
        library = ""
    return "-".join(
        filter(None, (f"python{interpreter.series}", system.sysname, system.machine, library))
    ).lower()


def _key(package: Package) -> str:
    said = sha256_hex(msgspec.json.encode(package))[:16]
    return "-".join(filter(None, (package.name, package.version, said))).replace(os.sep, "_")
