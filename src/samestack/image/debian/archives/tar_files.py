"""The files in a tar archive that lies unpacked on the disk: what they are, and where their content is."""

import io
import os
import posixpath
import tarfile
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any, BinaryIO, Final, cast

from msgspec import Struct

from samestack.errors import InputError, OutsideError
from samestack.image.layers.entry import Deflated, EntryKind, LayerEntry

_MOST_FILES: Final = 200_000
_MOST_HEADER_BYTES: Final = 1 << 20
"""Of what tells a file's name: pax headers may say that they have gigabytes."""
_KINDS: Final = {
    tarfile.REGTYPE: EntryKind.FILE,
    tarfile.AREGTYPE: EntryKind.FILE,
    tarfile.DIRTYPE: EntryKind.DIRECTORY,
    tarfile.SYMTYPE: EntryKind.SYMLINK,
    tarfile.LNKTYPE: EntryKind.HARDLINK,
}


class StretchContent(Struct, frozen=True):
    """A stretch of a file of this machine."""

    path: Path
    offset: int
    size: int
    """Bytes."""

    def open(self) -> BinaryIO:
        """The stretch, from its beginning."""
        try:
            file = self.path.open("rb", buffering=0)
        except OSError as error:
            raise OutsideError(f"{self.path}: cannot be read: {error.strerror}") from None
        return io.BufferedReader(_Stretch(file, self.offset, self.size))

    def deflated(self) -> Deflated | None:
        """Not at hand."""
        return None


def read_tar(path: Path, *, where: str) -> Iterator[LayerEntry]:
    """Everything in an archive, in its order, as entries; the root itself is none.

    :class:`InputError` naming ``where`` for devices, for names that lead out, for what is no archive.
    """
    with path.open("rb") as file:
        guarded = cast("IO[bytes]", _Guarded(file, where))
        try:
            with tarfile.open(fileobj=guarded, mode="r:", encoding="utf-8") as archive:
                for count, member in enumerate(archive):
                    if count > _MOST_FILES:
                        raise InputError(where, f"it has more than {_MOST_FILES} files")
                    if (entry := _entry(member, path, where)) is not None:
                        yield entry
                _check_end(file, archive.offset, where)
        except (tarfile.TarError, UnicodeError, OverflowError, ValueError, EOFError) as error:
            raise InputError(where, f"its archive is malformed: {error}") from None


def _check_end(file: BinaryIO, offset: int, where: str) -> None:
    """Tarfile takes what is no header for the end; the real end is a block of zeros, or that of the file."""
    file.seek(offset)
    if any(file.read(tarfile.BLOCKSIZE)):
        raise InputError(where, "its archive goes on with something else", place=f"offset {offset:#x}")


def _entry(member: tarfile.TarInfo, path: Path, where: str) -> LayerEntry | None:
    name = _name(member.name, where)
    kind = _KINDS.get(member.type)
    if kind is None or member.issparse():
        raise InputError(where, f"{name} is a device or something else that no package has")
    if not name:
        return None
    is_file = kind is EntryKind.FILE
    is_hard = kind is EntryKind.HARDLINK
    return LayerEntry(
        path=name,
        kind=kind,
        mode=0o777 if kind is EntryKind.SYMLINK else member.mode & 0o7777,
        user=member.uid,
        group=member.gid,
        content=StretchContent(path, member.offset_data, member.size) if is_file else None,
        target=_name(member.linkname, where) if is_hard else member.linkname,
    )


def _name(written: str, where: str) -> str:
    """A name relative to the root, without a dot in front; empty for the root."""
    name = posixpath.normpath(written) if written else "."
    if name.startswith("/") or ".." in written.split("/") or not name.isprintable():
        raise InputError(where, f"'{written!a}' leads out of it or is no name")
    return "" if name == "." else name


class _Guarded:
    """A file of which no reading is larger than a header may be; content is not read through it."""

    def __init__(self, file: BinaryIO, where: str) -> None:
        self._file = file
        self._where = where

    def read(self, size: int = -1) -> bytes:
        if not 0 <= size <= _MOST_HEADER_BYTES:
            raise InputError(self._where, "a header in it is too large")
        return self._file.read(size)

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - whatever else a file can do
        return getattr(self._file, name)


class _Stretch(io.RawIOBase):
    def __init__(self, file: io.FileIO, offset: int, size: int) -> None:
        super().__init__()
        self._file = file
        self._start = offset
        self._size = size
        self._at = 0

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = os.SEEK_SET) -> int:
        base = {os.SEEK_SET: 0, os.SEEK_CUR: self._at, os.SEEK_END: self._size}[whence]
        self._at = max(base + offset, 0)
        return self._at

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        count = max(min(len(buffer), self._size - self._at), 0)
        data = os.pread(self._file.fileno(), count, self._start + self._at)
        buffer[: len(data)] = data
        self._at += len(data)
        return len(data)

    def close(self) -> None:
        self._file.close()
        super().close()
