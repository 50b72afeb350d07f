"""conda's packages put into a prefix by rattler: what is there already in the same build is left alone."""

import asyncio
import hashlib
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Any, Final
from urllib.parse import unquote, urlsplit

from msgspec import Struct

from samestack.envs.conda.failure import failure
from samestack.envs.conda.opening import opening_client
from samestack.envs.conda.watching import Watching
from samestack.errors import OutsideError
from samestack.lock.conda.platform_stack import Records
from samestack.progress import Reporter

_CHANGED: Final = "its file is not the one that was locked"


class ChannelPart(Struct, frozen=True, kw_only=True):
    """What is to be installed, and how it is come by."""

    records: Records
    lock: Path
    """To be named where something fails."""
    secrets: Mapping[str, str]
    """What opens the channels: see ``opening.py``."""
    again: Collection[str] = ()
    """Packages that are installed again, though they are there."""


def install_channel_part(part: ChannelPart, prefix: Path, reporter: Reporter) -> None:
    """Make conda's part of a prefix what was locked; the hash of every archive is checked."""
    import rattler.exceptions

    _check_local_archives(part, prefix)
    errors = rattler.exceptions
    try:
        asyncio.run(_install(part, prefix, reporter))
    except (
        errors.InstallerError,
        errors.TransactionError,
        errors.LinkError,
        errors.IoError,
        errors.CacheDirError,
        errors.ExtractError,
    ) as error:
        raise failure(str(error), part.lock) from None


async def _install(part: ChannelPart, prefix: Path, reporter: Reporter) -> None:
    from rattler import install

    watcher: Any = Watching(reporter)  # rattler asks for methods by their names
    await install(
        list(part.records),
        prefix,
        client=opening_client(part.secrets),
        reinstall_packages=set(part.again) or None,
        show_progress=False,
        reporter=watcher,
    )


def _check_local_archives(part: ChannelPart, prefix: Path) -> None:
    """What is downloaded rattler checks; an archive of this machine it takes as it is, and remembers it."""
    present = _installed_hashes(prefix)
    for record in part.records:
        name, address = record.name.normalized, urlsplit(record.url)
        if address.scheme != "file":
            continue
        expected = _expected(record)
        if name in part.again or present.get(name) != expected[1]:
            _check(Path(unquote(address.path)), expected, part.lock)


def _installed_hashes(prefix: Path) -> dict[str, str]:
    """By name, the hash of the archive that each package of a prefix was unpacked from."""
    found = {}
    for path in (prefix / "conda-meta").glob("*.json"):
        record = _record_at(path)
        if record is not None:
            found[record.name.normalized] = _expected(record)[1]
    return found


def _record_at(path: Path) -> Any:  # noqa: ANN401 - rattler's own
    from rattler import PrefixRecord

    try:
        return PrefixRecord.from_path(path)
    except Exception:  # noqa: BLE001 - rattler raises errors of no common class; what is malformed is not there
        return None


def _expected(record: Any) -> tuple[str, str]:  # noqa: ANN401 - rattler's own
    if record.sha256 is not None:
        return "sha256", record.sha256.hex()
    return "md5", "" if record.md5 is None else record.md5.hex()


def _check(archive: Path, expected: tuple[str, str], lock: Path) -> None:
    algorithm, digest = expected
    try:
        with archive.open("rb") as file:
            found = hashlib.file_digest(file, algorithm).hexdigest()
    except OSError as error:
        raise OutsideError(
            f"{lock}: {archive} cannot be read: {error.strerror}", hint="look at the channel that it is of"
        ) from None
    if found != digest:
        hint = "do not install it; if the channel has replaced it, lock anew"
        raise OutsideError(f"{lock}: {archive.name}: {_CHANGED}", hint=hint)
