"""What has to be in an environment: every file of the locked wheels, where it is installed."""

from collections.abc import Iterable, Iterator, Mapping

from msgspec import Struct

from samestack.image.layers.contents import PlainContent
from samestack.image.layers.entry import LayerEntry
from samestack.image.verifying.environment_place import EnvironmentPlace
from samestack.image.verifying.exceptions import INSTALLER_FILES
from samestack.image.wheels.archive import Wheel
from samestack.image.wheels.digests import installed_digests
from samestack.image.wheels.installing import placed


class ExpectedFile(Struct, frozen=True, kw_only=True):
    """A file that a locked wheel installs."""

    package: str
    sha256: str
    """In hexadecimal digits."""
    size: int
    is_executable: bool = False
    script: bytes | None = None
    """The text of a command that installers write, each a little differently."""


class ExpectedPackage(Struct, frozen=True, kw_only=True):
    """A package that the lock has."""

    name: str
    version: str
    dist_info: str
    """The path of its metadata directory."""
    files: Mapping[str, ExpectedFile]
    """By path, without what every installer writes for itself."""


def expected_package(wheel: Wheel, place: EnvironmentPlace) -> ExpectedPackage:
    """What a wheel becomes in an environment."""
    dist_info = f"{place.modules}/{wheel.dist_info}"
    own = {f"{dist_info}/{name}" for name in INSTALLER_FILES}
    files = {path: file for path, file in _files(wheel, place) if path not in own}
    return ExpectedPackage(name=wheel.name, version=wheel.version, dist_info=dist_info, files=files)


def together(packages: Iterable[ExpectedPackage]) -> dict[str, list[ExpectedFile]]:
    """All files by path; where several packages have one, any of them may have been the last."""
    found: dict[str, list[ExpectedFile]] = {}
    for package in packages:
        for path, file in package.files.items():
            found.setdefault(path, []).append(file)
    return found


def _files(wheel: Wheel, place: EnvironmentPlace) -> Iterator[tuple[str, ExpectedFile]]:
    prefix = f"/{place.root}"
    digests = installed_digests(wheel, prefix, place.series)
    for entry in placed(wheel, prefix, place.series):
        if entry.content is not None:
            yield (
                place.placed(entry.path),
                ExpectedFile(
                    package=wheel.name,
                    sha256=digests[entry.path],
                    size=entry.content.size,
                    is_executable=bool(entry.mode & 0o111),
                    script=_script(entry, place),
                ),
            )


def _script(entry: LayerEntry, place: EnvironmentPlace) -> bytes | None:
    is_command = entry.path.startswith(f"{place.scripts}/")
    return entry.content.data if is_command and isinstance(entry.content, PlainContent) else None
