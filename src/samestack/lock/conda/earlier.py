"""What an earlier ``pixi.lock`` chose: kept where it can be, unless it is to be upgraded."""

from collections.abc import Collection, Mapping
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct, field

from samestack.capture.readers.requirements.packaging_values import package_name
from samestack.errors import InputError, RequestError
from samestack.knowledge.python_names import pypi_name
from samestack.lock.decision import LockOptions
from samestack.model import normalized_python_name

if TYPE_CHECKING:
    from rattler import RepoDataRecord


class Earlier(Struct, frozen=True):
    """The choices for one platform."""

    records: "tuple[RepoDataRecord, ...]" = ()
    versions: Mapping[str, str] = field(default_factory=dict)
    """Of the index's packages."""


def earlier_choices(path: Path, options: LockOptions, as_of: date | None) -> Mapping[str, Earlier]:
    """By platform, what may be kept; nothing without a lock, or where all is to be upgraded.

    :class:`InputError` for a lock that cannot be read: nobody knows then what to keep.
    """
    if options.upgrade_all or not path.is_file():
        return {}
    from rattler import LockFile

    try:
        environment = LockFile.from_path(path).default_environment()
    except Exception as error:  # noqa: BLE001 - rattler raises errors of no common class
        hint = "mend it, or decide anew with --upgrade-all"
        raise InputError(str(path), f"not a lock of pixi: {str(error).splitlines()[0]}", hint=hint) from None
    if environment is None:
        return {}
    leaving = _names(options.upgrade)
    return {
        str(platform.subdir): Earlier(
            tuple(
                one
                for one in environment.conda_repodata_records_for_platform(platform) or ()
                if _may_stay(one, leaving, as_of)
            ),
            {
                normalized_python_name(one.name): one.version
                for one in environment.pypi_packages_for_platform(platform) or ()
                if normalized_python_name(one.name) not in leaving
            },
        )
        for platform in environment.platforms()
    }


def _names(upgrade: Collection[str]) -> frozenset[str]:
    try:
        return frozenset(map(package_name, upgrade))
    except ValueError as error:
        raise RequestError(f"--upgrade: {error}") from None


def _may_stay(record: "RepoDataRecord", leaving: Collection[str], as_of: date | None) -> bool:
    name = record.name.normalized
    if normalized_python_name(name) in leaving or pypi_name(name).name in leaving:
        return False
    if as_of is None or record.timestamp is None:
        return True
    return record.timestamp < datetime.combine(as_of, time(), UTC)
