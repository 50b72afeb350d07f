"""The user's indexes as a source of facts for explanations; each page is read once."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, time
from sysconfig import get_platform
from threading import Lock

from packaging.markers import InvalidMarker, Marker, UndefinedComparison, UndefinedEnvironmentName
from packaging.utils import (
    InvalidSdistFilename,
    InvalidWheelFilename,
    canonicalize_name,
    parse_sdist_filename,
    parse_wheel_filename,
)
from packaging.version import InvalidVersion, Version

from samestack.errors import OutsideError
from samestack.solve.index.pages import IndexFile, files_linked, files_of
from samestack.solve.index.refusals import Offer, is_accepted, is_for_python, refusal
from samestack.solve.index.target_tags import glibc_of, marker_values, python_version, target_tags
from samestack.solve.index.wheel_metadata import requirements_of
from samestack.solve.metadata import Release
from samestack.solve.problem import Target
from samestack.solve.uv.index_settings import IndexSettings


class IndexMetadata:
    """A :class:`~samestack.solve.metadata.MetadataSource` over the Simple API.

    An index that cannot be read, or a wheel without metadata, is as if it were not there: the solver has the
    say on what can be met, and here only its reasons are looked up.
    """

    def __init__(self, settings: IndexSettings, target: Target) -> None:
        self._settings = settings
        self._before = None if target.as_of is None else datetime.combine(target.as_of, time(), UTC)
        self._offer = _offer(target)
        self._markers = marker_values(target)
        self._files: dict[str, dict[str, list[IndexFile]]] = {}
        self._releases: dict[str, tuple[Release, ...]] = {}
        self._requires: dict[tuple[str, str], tuple[str, ...] | None] = {}
        self._lock = Lock()

    def releases(self, name: str) -> tuple[Release, ...]:
        """All releases, the oldest first, as of the target's day."""
        key = canonicalize_name(name)
        if key not in self._releases:
            by_version = self._by_version(key)
            versions = sorted(by_version, key=Version)
            self._releases[key] = tuple(self._release(one, by_version[one]) for one in versions)
        return self._releases[key]

    def requires(self, name: str, version: str) -> tuple[str, ...] | None:
        """What the wheel of a release asks for that the target would take, or else any wheel of it."""
        key = (canonicalize_name(name), _canonical(version))
        if key not in self._requires:
            self._requires[key] = self._read_requires(*key)
        return self._requires[key]

    def applies(self, marker: str, extras: frozenset[str]) -> bool:
        """Whether it holds with no extra or with one of these; a marker that is not understood does."""
        try:
            parsed = Marker(marker)
            return any(parsed.evaluate({**self._markers, "extra": extra}) for extra in ("", *extras))
        except (InvalidMarker, UndefinedComparison, UndefinedEnvironmentName):
            return True

    def _release(self, version: str, files: list[IndexFile]) -> Release:
        uploads = [one.uploaded for one in files if one.uploaded is not None]
        return Release(
            version=version,
            refusal=refusal(files, self._offer),
            is_meant=any(is_for_python(one, self._offer.python) for one in files),
            uploaded=min(uploads, default=None),
            is_yanked=all(one.is_yanked for one in files),
        )

    def _read_requires(self, name: str, version: str) -> tuple[str, ...] | None:
        wheels = [one for one in self._by_version(name).get(version, []) if one.name.endswith(".whl")]
        for wheel in sorted(wheels, key=self._fitness):
            try:
                return requirements_of(wheel)
            except OutsideError:
                continue
        return None

    def _fitness(self, wheel: IndexFile) -> tuple[bool, bool]:
        tags = self._offer.tags
        fits = is_for_python(wheel, self._offer.python) and (tags is None or is_accepted(wheel, tags))
        return not fits, not wheel.has_metadata

    def _by_version(self, name: str) -> dict[str, list[IndexFile]]:
        with self._lock:
            if name not in self._files:
                self._files[name] = _grouped(name, self._counted(self._all_files(name)))
            return self._files[name]

    def _counted(self, files: Iterable[IndexFile]) -> Iterator[IndexFile]:
        for one in files:
            if self._before is None or (one.uploaded is not None and one.uploaded < self._before):
                yield one

    def _all_files(self, name: str) -> Iterator[IndexFile]:
        for place in self._settings.links:
            try:
                yield from files_linked(place)
            except OutsideError:
                continue
        for index in self._settings.indexes:
            try:
                found = files_of(index, name)
            except OutsideError:
                found = None
            yield from found or ()
            if found is not None and not self._settings.is_merged:
                return


def _offer(target: Target) -> Offer:
    glibc = glibc_of(target)
    return Offer(
        python=python_version(target),
        named_python=target.python,
        tags=target_tags(target),
        glibc=".".join(map(str, glibc)) if glibc else "",
        platform=target.platform or get_platform(),
    )


def _grouped(name: str, files: Iterable[IndexFile]) -> dict[str, list[IndexFile]]:
    grouped: dict[str, list[IndexFile]] = defaultdict(list)
    for one in files:
        known = _named(one.name)
        if known is not None and known[0] == name:
            grouped[known[1]].append(one)
    return dict(grouped)


def _named(file: str) -> tuple[str, str] | None:
    """The package and version in the name of a wheel or source distribution; ``None`` for other files."""
    try:
        is_wheel = file.endswith(".whl")
        name, version = parse_wheel_filename(file)[:2] if is_wheel else parse_sdist_filename(file)
    except (InvalidWheelFilename, InvalidSdistFilename, InvalidVersion):
        return None
    return name, str(version)


def _canonical(version: str) -> str:
    try:
        return str(Version(version))
    except InvalidVersion:
        return version
