"""What was decided for one platform: conda's packages, and the index's on top."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any, TypeAlias

from msgspec import Struct

from samestack.capture.readers.conda.conda_records import CondaRecord, component_of
from samestack.capture.readers.conda.locked_wheels import locked_wheel
from samestack.lock.conda.locked_file import LockedFile
from samestack.model import Component, Stack
from samestack.solve.conda.virtual_packages import CondaTarget

if TYPE_CHECKING:
    from rattler import RepoDataRecord

    Records: TypeAlias = tuple[RepoDataRecord, ...]
else:
    Records = tuple[Any, ...]  # only who solves loads rattler


class PlatformStack(Struct, frozen=True, kw_only=True):
    """The platform with its host, and every file that is to be installed on it."""

    target: CondaTarget
    records: Records
    files: tuple[LockedFile, ...] = ()

    @property
    def python(self) -> str:
        """The release of conda's Python; empty without one."""
        return python_of(self.records)

    @property
    def stack(self) -> Stack:
        """The same values that a capture of the lock gives."""
        return Stack.of((*map(_of_record, self.records), *map(_of_file, self.files)))


def python_of(records: "Sequence[RepoDataRecord]") -> str:
    """The release of the Python among conda's packages; empty where there is none."""
    return next((str(one.version) for one in records if one.name.normalized == "python"), "")


def components_of(stacks: Sequence[PlatformStack]) -> Iterator[Component]:
    """What was decided for any of the platforms, each once."""
    seen = set()
    for component in (one for each in stacks for one in each.stack):
        identity = (component.ecosystem, component.name, component.version, component.build)
        if identity not in seen:
            seen.add(identity)
            yield component


def _of_record(record: "RepoDataRecord") -> Component:
    described = CondaRecord(
        name=record.name.normalized,
        version=str(record.version),
        build=str(record.build),
        channel=record.channel or "",
        md5=None if record.md5 is None else record.md5.hex(),
        sha256=None if record.sha256 is None else record.sha256.hex(),
        depends=tuple(record.depends),
    )
    return component_of(described)


def _of_file(file: LockedFile) -> Component:
    return locked_wheel(file.address, file.name, file.version or None, file.sha256 or None)
