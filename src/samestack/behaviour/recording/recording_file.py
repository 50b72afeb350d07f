"""A recording as one portable file: a zip archive of JSON, NumPy arrays and PNG pictures.

Whatever it holds is read without running any of it, and no more of it than the limits allow: the names of
members are known beforehand, nothing is unpacked to disk, and nothing is a pickle.
"""

import io
import re
import zipfile
import zlib
from pathlib import Path
from typing import Final

import msgspec

from samestack.behaviour.recording.arrays import array_bytes, array_from
from samestack.behaviour.recording.document import document_of, recording_from
from samestack.behaviour.recording.pictures import picture_bytes, picture_from
from samestack.behaviour.recording.recording import Array, Picture, Recording
from samestack.errors import InputError, OutsideError, RequestError
from samestack.files import write_file

SUFFIX: Final = ".recording"

MAX_MEMBERS: Final = 200_000
MAX_DOCUMENT_BYTES: Final = 512 * 1024 * 1024
MAX_BYTES: Final = 2 * 1024 * 1024 * 1024
"""Of all members together, unpacked."""
MAX_RATIO: Final = 1100
"""Deflate makes nothing smaller than 1:1032; what seems to be has members that lie over each other."""

_DOCUMENT: Final = "recording.json"
_MEMBER: Final = re.compile(r"recording\.json|arrays/[0-9a-f]{64}\.npy|pictures/[0-9a-f]{64}\.png")
_METHODS: Final = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_NO_TIME: Final = (1980, 1, 1, 0, 0, 0)
_ENCRYPTED: Final = 1
_QUICK: Final = 1
"""zlib's level: of numbers the higher ones make little less, in several times the time."""


def write_recording(recording: Recording, path: Path) -> str:
    """Write the file, whole or not at all, and return the digest of what it holds.

    :class:`OutsideError` when it cannot be written, or would be larger than what is read.
    """
    document, members = document_of(recording)
    file = io.BytesIO()
    size = 0
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in (
            (_DOCUMENT, msgspec.json.encode(document, order="deterministic")),
            *((name, _member_bytes(members[name])) for name in sorted(members)),
        ):
            size += len(data)
            if size > MAX_BYTES or len(members) >= MAX_MEMBERS:
                hint = "record fewer inputs, or have the program write less"
                raise OutsideError(f"{path}: what was recorded is too much for one file", hint=hint)
            # The same recording has the same bytes, whenever it is written.
            archive.writestr(zipfile.ZipInfo(name, _NO_TIME), data, _method(name), _QUICK)
    write_file(file.getvalue(), path)
    return document.digest


def read_recording(path: Path) -> Recording:
    """The recording in a file, of whatever origin; :class:`InputError` names what is wrong with it."""
    if not path.is_file():
        raise RequestError(f"'{path}': no such file", hint="samestack record -o FILE makes a recording")
    try:
        with zipfile.ZipFile(path) as archive:
            members = _checked(archive, path)
            return _read(archive, members, str(path))
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError) as error:
        raise InputError(str(path), f"not a recording: {error}") from None
    except OSError as error:
        raise InputError(str(path), f"cannot be read: {error.strerror or error}") from None


def _member_bytes(value: Array | Picture) -> bytes:
    return picture_bytes(value) if isinstance(value, Picture) else array_bytes(value)


def _method(name: str) -> int:
    return zipfile.ZIP_STORED if name.endswith(".png") else zipfile.ZIP_DEFLATED


def _checked(archive: zipfile.ZipFile, path: Path) -> dict[str, zipfile.ZipInfo]:
    """The members by name, after a look at nothing but the archive's directory."""
    file, infos = str(path), archive.infolist()
    if len(infos) > MAX_MEMBERS:
        raise InputError(file, f"it has more than {MAX_MEMBERS} members")
    for info in infos:
        if _MEMBER.fullmatch(info.filename) is None:
            raise InputError(file, "it has a member that no recording has", place=repr(info.filename)[:80])
        if info.compress_type not in _METHODS or info.flag_bits & _ENCRYPTED:
            raise InputError(file, "it is packed in a way that recordings are not", place=info.filename)
    members = {info.filename: info for info in infos}
    if len(members) < len(infos):
        raise InputError(file, "it has two members of one name")
    total = sum(info.file_size for info in infos)
    if total > min(MAX_BYTES, path.stat().st_size * MAX_RATIO):
        raise InputError(file, f"unpacked it would have {total} bytes, which is over the limit")
    if _DOCUMENT not in members:
        raise InputError(file, f"not a recording: it has no {_DOCUMENT}")
    return members


def _read(archive: zipfile.ZipFile, members: dict[str, zipfile.ZipInfo], file: str) -> Recording:
    if members[_DOCUMENT].file_size > MAX_DOCUMENT_BYTES:
        raise InputError(file, f"{_DOCUMENT} is over the limit of {MAX_DOCUMENT_BYTES} bytes")
    known: dict[str, Array | Picture] = {}

    def member(name: str) -> Array | Picture:
        if name not in known:
            known[name] = _value(archive, members, name, file)
        return known[name]

    return recording_from(archive.read(members[_DOCUMENT]), member, file=f"{file}: {_DOCUMENT}")


def _value(
    archive: zipfile.ZipFile, members: dict[str, zipfile.ZipInfo], name: str, file: str
) -> Array | Picture:
    if name not in members or name == _DOCUMENT:
        raise InputError(file, "a value is missing", place=repr(name)[:80])
    data = archive.read(members[name])
    try:
        return picture_from(data) if name.startswith("pictures/") else array_from(data)
    except (ValueError, TypeError, SyntaxError) as error:
        raise InputError(file, f"it cannot be read: {str(error).splitlines()[0]}", place=name) from None
