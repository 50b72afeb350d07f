"""No two packages of an image may want the same path: told from the paths of each, which are remembered."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final

from samestack.capture.cache import Cache, cache_directory
from samestack.image.building.locked_wheels import LockedWheel
from samestack.image.building.request import BuildRequest
from samestack.image.layers.entry import LayerEntry
from samestack.image.layers.writing import LAYOUT_VERSION
from samestack.image.wheels.archive import read_wheel
from samestack.image.wheels.conflicts import refuse_conflicts
from samestack.image.wheels.installing import placed

_NAME: Final = "wheel-paths"


def note_paths(wheel: LockedWheel, entries: Iterable[LayerEntry], request: BuildRequest) -> None:
    """Remember where the files of a wheel go, when somebody has found it out anyway."""
    cache = _cache(request)
    key = _key(cache, wheel, request.settings.prefix, request.python)
    cache.put(key, tuple(entry.path for entry in entries))


def refuse_overlaps(wheels: Sequence[LockedWheel], files: Mapping[str, Path], request: BuildRequest) -> None:
    """:class:`~samestack.errors.RequestError` for two packages that want different things at a path.

    ``files`` are the wheels that are here, by their SHA-256. What is not here, because a layer of it was
    found, has been held against the others when that layer was written.
    """
    prefix, python = request.settings.prefix, request.python
    cache = _cache(request)
    paths = {}
    for one in wheels:
        found = _paths(one, files, cache, prefix, python)
        if found is not None:
            paths[one] = found
    together = [one for one in _sharing(paths) if one.sha256 in files]
    refuse_conflicts({one.name: _placed(one, files, prefix, python) for one in together})
    cache.prune()


def _paths(
    wheel: LockedWheel,
    files: Mapping[str, Path],
    cache: Cache[tuple[str, ...]],
    prefix: str,
    python: str,
) -> tuple[str, ...] | None:
    key = _key(cache, wheel, prefix, python)
    known = cache.get(key)
    if known is None and wheel.sha256 in files:
        known = tuple(entry.path for entry in _placed(wheel, files, prefix, python))
        cache.put(key, known)
    return known


def _cache(request: BuildRequest) -> Cache[tuple[str, ...]]:
    return Cache(cache_directory(request.environment, _NAME), tuple[str, ...])


def _key(cache: Cache[tuple[str, ...]], wheel: LockedWheel, prefix: str, python: str) -> str:
    return cache.key(str(LAYOUT_VERSION), wheel.sha256, prefix, python)


def _placed(
    wheel: LockedWheel, files: Mapping[str, Path], prefix: str, python: str
) -> tuple[LayerEntry, ...]:
    return placed(read_wheel(files[wheel.sha256], sha256=wheel.sha256), prefix, python)


def _sharing(paths: Mapping[LockedWheel, tuple[str, ...]]) -> Iterator[LockedWheel]:
    """The wheels with a path that another has, too, or that is a directory of another."""
    owners: dict[str, set[str]] = {}
    for wheel, found in paths.items():
        for path in found:
            owners.setdefault(path, set()).add(wheel.name)
    shared = {name for names in owners.values() if len(names) > 1 for name in names}
    for path, names in owners.items():
        parent = path.rpartition("/")[0]
        while parent:
            if parent in owners:
                shared |= names | owners[parent]
            parent = parent.rpartition("/")[0]
    yield from (one for one in paths if one.name in shared)
