"""A ``*.dist-info`` directory: one installed distribution (PyPA, "Recording installed projects")."""

import re
from collections.abc import Iterator
from typing import Final

from msgspec import Struct

from samestack.capture.probes.optional_file import OptionalFile, read_optional
from samestack.capture.probes.python.core_metadata import (
    Identity,
    Metadata,
    directory_identity,
    identity_oddities,
    read_metadata,
)
from samestack.capture.probes.python.direct_url import DirectUrl, direct_url
from samestack.capture.probes.python.distribution import Distribution, Found
from samestack.capture.probes.python.record import Content, content_of
from samestack.capture.probes.python.wheel_description import WheelDescription, wheel_description
from samestack.capture.probes.remarks import package_remark
from samestack.capture.tree import Entry, Tree
from samestack.model import normalized_python_name

_MAX_SMALL_BYTES: Final = 64 * 1024
OTHER_MANAGERS: Final = frozenset({"debian", "conda", "rpm", "dnf", "apk", "pacman", "portage"})
"""What INSTALLER says of package managers that keep their own records: RECORD is missing, or was true before
they stripped and moved files.
"""

_INSTALLER = re.compile(r"[A-Za-z0-9][\w .+-]{0,63}", re.ASCII)


class _DistInfo(Struct, frozen=True, kw_only=True):
    """All that the directory holds, as far as it can be understood."""

    directory: str
    site_directory: str
    named: Identity
    metadata: Metadata
    record: OptionalFile
    content: Content
    wheel: OptionalFile
    description: WheelDescription
    installer_file: OptionalFile
    installer: str
    origin_file: OptionalFile
    origin: DirectUrl | None
    is_requested: bool


def read_dist_info(tree: Tree, entry: Entry, site_directory: str) -> Found:
    """The distribution that a ``*.dist-info`` directory describes, whatever is missing or malformed in it."""
    if not entry.is_directory:
        message = "it is no directory, and describes nothing"
        return Found(None, (package_remark(tree, "unreadable", entry.name, message, entry.path),))
    info = _read(tree, entry, site_directory)
    remarks = tuple(
        package_remark(tree, code, entry.name, message, place) for code, message, place in _oddities(info)
    )
    return Found(_distribution(info), remarks)


def _read(tree: Tree, entry: Entry, site_directory: str) -> _DistInfo:
    directory = entry.path
    record = read_optional(tree, f"{directory}/RECORD")
    wheel = read_optional(tree, f"{directory}/WHEEL", limit=_MAX_SMALL_BYTES)
    installer = read_optional(tree, f"{directory}/INSTALLER", limit=_MAX_SMALL_BYTES)
    origin = read_optional(tree, f"{directory}/direct_url.json", limit=_MAX_SMALL_BYTES)
    return _DistInfo(
        directory=directory,
        site_directory=site_directory,
        named=directory_identity(entry.name),
        metadata=read_metadata(tree, f"{directory}/METADATA"),
        record=record,
        content=content_of(record.content, entry.name) if record.content else Content(),
        wheel=wheel,
        description=WheelDescription() if wheel.content is None else wheel_description(wheel.content),
        installer_file=installer,
        installer=_installer(installer.content or b""),
        origin_file=origin,
        origin=_origin(origin.content),
        is_requested=tree.is_file(f"{directory}/REQUESTED"),
    )


def _installer(content: bytes) -> str:
    word = content.decode("utf-8", "replace").strip()
    return word if _INSTALLER.fullmatch(word) else ""


def _origin(content: bytes | None) -> DirectUrl | None:
    try:
        return None if content is None else direct_url(content)
    except ValueError:
        return None


def _distribution(info: _DistInfo) -> Distribution | None:
    name = info.metadata.stated.name or info.named.name
    if name is None:
        return None
    origin = info.origin or DirectUrl()
    return Distribution(
        name=normalized_python_name(name),
        version=info.metadata.stated.version or info.named.version,
        site_directory=info.site_directory,
        metadata_directory=info.directory,
        record=(info.record.content or b"").decode("utf-8", "replace"),
        content=None if origin.is_editable else info.content.digest,
        root_is_purelib=info.description.root_is_purelib,
        tags=info.description.tags,
        installer=info.installer,
        is_requested=info.is_requested,
        is_editable=origin.is_editable,
        source=origin.source,
        path=origin.path,
        hashes=origin.hashes,
    )


def _oddities(info: _DistInfo) -> Iterator[tuple[str, str, str]]:
    """Code, message and place of what is odd."""
    for code, message in identity_oddities(info.metadata, info.named, "METADATA"):
        yield code, message, f"{info.directory}/METADATA"
    yield from _of_unreadable(info)
    yield from _of_record(info)
    if info.wheel.content is not None and info.description.problem:
        yield "malformed-wheel", f"WHEEL is malformed: {info.description.problem}", f"{info.directory}/WHEEL"
    if info.installer_file.content and not info.installer:
        yield "malformed-installer", "INSTALLER does not hold a name", f"{info.directory}/INSTALLER"
    if info.origin_file.content is not None and info.origin is None:
        yield "malformed-direct-url", "direct_url.json is malformed", f"{info.directory}/direct_url.json"


def _of_unreadable(info: _DistInfo) -> Iterator[tuple[str, str, str]]:
    files = {
        "RECORD": info.record,
        "WHEEL": info.wheel,
        "INSTALLER": info.installer_file,
        "direct_url.json": info.origin_file,
    }
    for name, file in files.items():
        if file.problem:
            yield "unreadable", f"{name} was not read: {file.problem}", f"{info.directory}/{name}"


def _of_record(info: _DistInfo) -> Iterator[tuple[str, str, str]]:
    place = f"{info.directory}/RECORD"
    is_expected = info.installer not in OTHER_MANAGERS and not info.site_directory.endswith("/dist-packages")
    if info.content.problem:
        yield "malformed-record", f"RECORD is malformed: {info.content.problem}", place
    elif is_expected and not info.record.content and not info.record.problem:
        yield "missing-record", "RECORD is missing or empty: the files cannot be identified", place
    elif is_expected and info.record.content and info.content.digest is None:
        yield "malformed-record", "RECORD states no hashes: the files cannot be identified", place
