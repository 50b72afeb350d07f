"""What a lock of conda's holds for one platform: the files of the channels, and those of the index."""

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from samestack.capture.readers.conda.conda_platforms import preferred, this_platform
from samestack.errors import InputError, RequestError
from samestack.lock.conda.library import check_rattler_is_here
from samestack.lock.conda.locked_file import LockedFile
from samestack.lock.conda.platform_stack import Records, python_of
from samestack.lock.decision import Lock
from samestack.model import Ecosystem, Stack, normalized_python_name

if TYPE_CHECKING:
    from rattler import Environment, LockFile

_EXPLICIT = "conda-explicit"


class Contents(Struct, frozen=True, kw_only=True):
    """All files of one platform."""

    platform: str
    channels: tuple[str, ...]
    records: Records
    files: tuple[LockedFile, ...]

    @property
    def series(self) -> str:
        """The series of the Python that conda brings; empty where it brings none."""
        return ".".join(python_of(self.records).split(".")[:2])


def contents_for_this_machine(lock: Lock) -> Contents:
    """What can be installed here; :class:`RequestError` for a lock of other platforms only."""
    environment, here = _environment(lock), this_platform()
    named = [str(one.subdir) for one in environment.platforms()]
    if here not in named:
        raise RequestError(
            f"{lock.path} is not for this machine's platform {here}: it is for {', '.join(named) or 'none'}",
            hint=f"lock it for this one too: samestack lock --platform {here}",
        )
    contents = _contents(environment, here, lock.snapshot.stack)
    _check_can_be_installed(contents, lock.path)
    return contents


def contents_to_show(lock: Lock) -> Contents:
    """What the lock holds for this platform, or else for its first."""
    environment = _environment(lock)
    named = [str(one.subdir) for one in environment.platforms()]
    if not named:
        raise InputError(str(lock.path), "it is for no platform", place="platforms")
    return _contents(environment, preferred(named, this_platform()), lock.snapshot.stack)


def _environment(lock: Lock) -> "Environment":
    check_rattler_is_here()
    path = str(lock.path)
    if lock.kind == _EXPLICIT:
        hint = "conda makes environments of such lists: conda create --file"
        raise InputError(path, "a list of files does not say what they need", hint=hint)
    environment = _read(lock.path).default_environment()
    if environment is None:
        raise InputError(path, "it has no environment 'default'", place="environments")
    return environment


def _read(path: Path) -> "LockFile":
    from rattler import LockFile

    try:
        return LockFile.from_path(path)
    except Exception as error:  # noqa: BLE001 - rattler raises errors of no common class
        said = str(error).splitlines()[0]
        raise InputError(str(path), f"not a lock of conda packages: {said}") from None


def _contents(environment: "Environment", name: str, captured: Stack) -> Contents:
    platform = next(one for one in environment.platforms() if str(one.subdir) == name)
    return Contents(
        platform=name,
        channels=tuple(map(str, environment.channels())),
        records=tuple(environment.conda_repodata_records_for_platform(platform) or ()),
        files=_files(environment.pypi_packages_for_platform(platform) or (), _hashes(captured)),
    )


def _hashes(captured: Stack) -> Mapping[str, str]:
    """By name, what the lock says of the content of the index's files, which rattler does not tell."""
    return {
        one.name: hashes[0].removeprefix("sha256:")
        for one in captured
        if one.ecosystem is Ecosystem.PYPI and isinstance(hashes := one.facts.get("hashes"), tuple) and hashes
    }


def _files(packages: Any, hashes: Mapping[str, str]) -> tuple[LockedFile, ...]:  # noqa: ANN401 - rattler's own
    return tuple(
        LockedFile(
            name=(name := normalized_python_name(one.name)),
            version=one.version or "",
            address=one.location,
            sha256=hashes.get(name, ""),
        )
        for one in packages
    )


def _check_can_be_installed(contents: Contents, path: Path) -> None:
    unhashed = [
        *(one.file_name for one in contents.records if one.sha256 is None and one.md5 is None),
        *(one.name for one in contents.files if not one.sha256 and not one.is_repository),
    ]
    if unhashed:
        hint = "lock it anew: samestack lock"
        raise InputError(str(path), f"no hash is given for {unhashed[0]}", place="packages", hint=hint)
    if contents.files and not contents.series:
        message = "it has packages of the index, and no Python of conda's to install them for"
        raise InputError(str(path), message, hint="ask conda for python, then lock anew")
