"""The packages that an environment in an image says it has."""

import posixpath
import re
from collections.abc import Iterator
from typing import Final

from msgspec import Struct
from packaging.utils import canonicalize_name

from samestack.capture.probes.python.record_rows import record_rows, recorded_file
from samestack.image.verifying.environment_place import EnvironmentPlace
from samestack.oci.layers.merged import MergedFiles
from samestack.oci.layers.merged_file import FileKind

_MOST_RECORD: Final = 64 << 20
_DIRECTORY: Final = re.compile(r"(?P<name>[^/-]+)(?:-(?P<version>[^/-]+)(?:-[^/]*)?)?\.(?:dist|egg)-info")


class InstalledPackage(Struct, frozen=True, kw_only=True):
    """A package by its metadata directory."""

    name: str
    version: str
    dist_info: str
    """The path of the directory, or of the single file that old installers wrote."""


def installed_packages(files: MergedFiles, place: EnvironmentPlace) -> tuple[InstalledPackage, ...]:
    """By the names of their metadata directories, which is how Python finds them."""
    start = f"{place.modules}/"
    tops = {path.removeprefix(start).partition("/")[0] for path in files.files if path.startswith(start)}
    return tuple(sorted(_packages(tops, start), key=lambda one: (one.name, one.version)))


def _packages(tops: set[str], start: str) -> Iterator[InstalledPackage]:
    for top in tops:
        match = _DIRECTORY.fullmatch(top)
        if match is not None:
            name = canonicalize_name(match["name"])
            yield InstalledPackage(name=name, version=match["version"] or "", dist_info=start + top)


def recorded_paths(package: InstalledPackage, files: MergedFiles, place: EnvironmentPlace) -> frozenset[str]:
    """What a package's RECORD says is its own, the directory of its metadata included."""
    record = files.files.get(f"{package.dist_info}/RECORD")
    if record is None or record.kind is not FileKind.FILE or record.size > _MOST_RECORD:
        return frozenset()
    with files.open(f"{package.dist_info}/RECORD") as stream:
        rows = record_rows(stream.read().decode("utf-8", "surrogateescape"))
    found = (recorded_file(row) for row in rows)
    return frozenset(
        posixpath.normpath(posixpath.join(place.modules, one.path)) for one in found if one is not None
    )
