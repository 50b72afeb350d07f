"""The packages of the operating system that a program needs, with versions where the lock decides them."""

import re
from collections.abc import Iterable
from typing import Any, Final

from msgspec import Struct, field

from samestack.capture.documents import load_toml
from samestack.errors import InputError
from samestack.image.debian.locked import LockedDebian, from_table
from samestack.image.dockerfile.bases import Base
from samestack.lock.decision import Lock
from samestack.oci.platform import Platform

_NAME: Final = re.compile(r"[a-z0-9][a-z0-9+.-]+(:[a-z0-9]+)?(=[A-Za-z0-9.+~:-]+)?")


class _Image(Struct, frozen=True):
    debian: dict[str, Any] | None = None


class _Own(Struct, frozen=True):
    image: _Image = _Image()


class _Tool(Struct, frozen=True):
    samestack: _Own = _Own()


class _LockFile(Struct, frozen=True):
    tool: _Tool = field(default_factory=_Tool)


def pinned_packages(names: Iterable[str], lock: Lock, base: Base, platform: Platform) -> tuple[str, ...]:
    """As apt is asked for them: ``libgl1=1.6.0-1`` where the lock has Debian packages of the base's suite."""
    versions = _versions(lock, base, platform)
    return tuple(_pinned(name, versions, lock) for name in dict.fromkeys(names))


def are_pinned(packages: Iterable[str]) -> bool:
    """Whether each of them says its version."""
    return all("=" in package for package in packages)


def _pinned(name: str, versions: dict[str, str], lock: Lock) -> str:
    if _NAME.fullmatch(name) is None:
        raise InputError(str(lock.path), f"'{name}' is no package of Debian", place="system-packages")
    return f"{name}={versions[name]}" if name in versions else name


def _versions(lock: Lock, base: Base, platform: Platform) -> dict[str, str]:
    locked = _locked(lock)
    if locked is None or base.distribution is None or base.distribution.name != locked.suite:
        return {}
    return {one.name: one.version for one in locked.packages.get(platform.architecture, ())}


def _locked(lock: Lock) -> LockedDebian | None:
    if lock.path.suffix != ".toml":
        return None
    table = load_toml(lock.path, _LockFile).tool.samestack.image.debian
    return None if table is None else from_table(table, file=str(lock.path))
