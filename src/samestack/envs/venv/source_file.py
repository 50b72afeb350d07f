"""The file that uv installs from: the lock itself where it has the addresses, else pins with their hashes."""

import re
import tomllib
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path
from typing import Any, Final

from msgspec import Struct

from samestack.envs.syncing.plan import Action, action_of
from samestack.envs.work import Work
from samestack.errors import InputError
from samestack.lock.decision import Lock
from samestack.model import Component, Layer

_PYLOCK: Final = "pylock.toml"
_FIRST_PACKAGE: Final = "\n[[packages]]"
# As texts: most locks take one of them to be seen through, and compiling takes longer than matching.
_NAMED_FILE: Final = rb"""\bpath\s*=\s*["'][^"'/\\]+\.(?:whl|tar\.gz|tar\.bz2|zip)["']"""
_RELATIVE: Final = rb"""\bpath\s*=\s*["'](?!/)"""
_FILE_PATH: Final = rb"""\bpath\s*=\s*["']([^"'\\]+\.(?:whl|tar\.gz|tar\.bz2|zip))["']"""
_REPOSITORIES: Final = ("git+", "hg+", "svn+", "bzr+")
_SYNC: Final = ("sync", "--allow-empty-requirements", "--preview-features", "pylock")
_ADD: Final = ("install", "--no-deps", "--requirements")
_ADDITIONS: Final = frozenset({Action.INSTALL, Action.UPGRADE, Action.DOWNGRADE})


class Source(Struct, frozen=True, kw_only=True):
    """What uv is given, and what it is to do with it."""

    path: Path
    words: tuple[str, ...] = _SYNC
    """Those of ``uv pip`` that stand before the path."""
    options: tuple[str, ...] = ()
    has_addresses: bool = False
    """Whether it says where every file is, so that no index has to be asked."""


def source_of(work: Work, directory: Path) -> Source:
    """The lock, or what is written into ``directory`` in its place.

    :class:`InputError` for a package whose files have no hash.
    """
    if work.lock.kind == _PYLOCK:
        data = work.lock.path.read_bytes()
        if not re.search(_NAMED_FILE, data) and not (work.installs_project and re.search(_RELATIVE, data)):
            return _of_pylock(work, data, directory)
    return _of_pins(work, directory)


def _of_pins(work: Work, directory: Path) -> Source:
    """A few additions alone, where nothing has to go: uv looks up all that it is given."""
    wanted = work.locked.layer(Layer.PACKAGES)
    adds = all(action_of(change) in _ADDITIONS for change in work.changes)
    is_small = adds and 0 < len(work.changes) < len(wanted) and not work.adds_project
    changing = {change.name for change in work.changes} if is_small else None
    pins = [_pin(one, work.lock.path) for one in wanted if _is_pinned(one, work, changing)]
    if work.installs_project and not is_small:
        pins.append(f"-e {_quoted(work.project.directory.resolve())}")
    path = directory / "requirements.txt"
    path.write_text("".join(f"{line}\n" for line in pins))
    links = tuple(word for folder in _wheelhouses(work.lock) for word in ("--find-links", folder))
    return Source(path=path, words=_ADD if is_small else _SYNC, options=links)


def _wheelhouses(lock: Lock) -> Iterator[str]:
    """The directories of files that a lock names without an address, where somebody has put them there."""
    if lock.kind == _PYLOCK:
        folders: dict[str, list[str]] = {}
        for found in re.finditer(_FILE_PATH, lock.path.read_bytes()):
            folder, _, name = found[1].decode().rpartition("/")
            folders.setdefault(folder, []).append(name)
        for folder, names in sorted(folders.items()):
            place = (lock.path.parent / folder).resolve()
            if any((place / name).is_file() for name in names):
                yield str(place)


def _is_pinned(component: Component, work: Work, changing: Collection[str] | None) -> bool:
    """Not what stays as it is, and not the project itself, which a lock may name, too."""
    is_own = work.project.is_package and component.name == work.project.name
    return not is_own and (changing is None or component.name in changing)


def _of_pylock(work: Work, data: bytes, directory: Path) -> Source:
    options = tuple(_asked(work, data))
    path = work.lock.path
    if not work.installs_project and path.name == _PYLOCK:
        return Source(path=path.resolve(), options=options, has_addresses=True)
    path = directory / _PYLOCK
    path.write_bytes(data + _entry(work))
    return Source(path=path, options=options, has_addresses=not work.installs_project)


def _entry(work: Work) -> bytes:
    """The project as one more package of the lock: then uv does all in one go, and removes nothing of it."""
    if not work.installs_project:
        return b""
    import tomli_w

    own = {"path": str(work.project.directory.resolve()), "editable": True}
    return f"\n{tomli_w.dumps({'packages': [{'name': work.project.name, 'directory': own}]})}".encode()


def _asked(work: Work, data: bytes) -> Iterator[str]:
    """The extras and groups of the manifest, as far as the lock leaves a choice."""
    manifest = work.project.manifest
    if not (manifest.extras or manifest.groups):
        return
    head = _head(data)
    for option, key, names in (
        ("--extra", "extras", manifest.extras),
        ("--group", "dependency-groups", manifest.groups),
    ):
        yield from (word for name in names if name in head.get(key, ()) for word in (option, name))


def _head(data: bytes) -> Mapping[str, Any]:
    return tomllib.loads(data.decode().partition(_FIRST_PACKAGE)[0])


def _pin(component: Component, lock: Path) -> str:
    """The line of a requirements file that lets in this release and nothing else."""
    said = component.facts.get("hashes")
    hashes = said if isinstance(said, tuple) else ()
    what, is_hashed = _what(component, lock)
    if is_hashed and not hashes:
        raise InputError(
            str(lock), f"no hash is given for '{component.label}'", hint="lock it anew: samestack lock"
        )
    return " ".join((what, *(f"--hash={one}" for one in hashes)))


def _what(component: Component, lock: Path) -> tuple[str, bool]:
    """The requirement, and whether it names a file that others could exchange: a directory has no hash."""
    editable = component.circumstances.get("editable")
    path = editable or component.circumstances.get("path")
    flag = "-e " if editable else ""
    if component.source is not None:
        named = component.source if editable else f"{component.name} @ {component.source}"
        return f"{flag}{named}", not component.source.startswith(_REPOSITORIES)
    if isinstance(path, str):
        return f"{flag}{_quoted((lock.parent / path).resolve())}", False
    return f"{component.name}=={component.version}", True


def _quoted(path: Path) -> str:
    return str(path).replace("\\", "\\\\").replace(" ", "\\ ")
