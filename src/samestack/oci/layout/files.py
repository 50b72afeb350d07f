"""The files of a layout, wherever they are: below a directory, or inside an archive."""

import errno
import os
import stat
from pathlib import Path
from typing import BinaryIO, Final, Protocol

from samestack.errors import InputError, OutsideError

LAYOUT_FILE: Final = "oci-layout"
INDEX_FILE: Final = "index.json"


class LayoutFiles(Protocol):
    """Files by their relative names. Nothing of them is trusted."""

    def open(self, name: str) -> BinaryIO:
        """A regular file from its beginning; :class:`InputError` where there is none."""

    def has(self, name: str) -> bool:
        """Whether there is such a file."""

    def shown(self) -> str:
        """How a user would name the place."""


class DirectoryFiles:
    """The files below a directory of this machine."""

    def __init__(self, directory: Path) -> None:
        self._directory = directory

    def open(self, name: str) -> BinaryIO:
        """See :class:`LayoutFiles`."""
        try:
            return _opened(self._directory / name)
        except FileNotFoundError:
            raise InputError(self.shown(), "it is missing", place=name) from None
        except OSError as error:
            raise OutsideError(f"{self._directory / name}: cannot be read: {error.strerror}") from None

    def has(self, name: str) -> bool:
        """See :class:`LayoutFiles`."""
        return (self._directory / name).is_file()

    def shown(self) -> str:
        """See :class:`LayoutFiles`."""
        return str(self._directory)


def read(files: LayoutFiles, name: str, limit: int) -> bytes:
    """A whole file of at most ``limit`` bytes; :class:`InputError` for a longer one."""
    with files.open(name) as file:
        data = file.read(limit + 1)
    if len(data) > limit:
        raise InputError(files.shown(), f"it is larger than {limit} bytes", place=name)
    return data


def blob_file(digest: str) -> str:
    """The name of the file that holds what has this digest."""
    algorithm, _, value = digest.partition(":")
    return f"blobs/{algorithm}/{value}"


def is_layout(directory: Path) -> bool:
    """Whether a directory says that it is a layout."""
    return (directory / LAYOUT_FILE).is_file() and (directory / INDEX_FILE).is_file()


def _opened(path: Path) -> BinaryIO:
    # O_NONBLOCK: a named pipe in a hostile directory must not make us wait for a writer.
    descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):
        os.close(descriptor)
        raise FileNotFoundError(errno.ENOENT, "not a regular file", str(path))
    return os.fdopen(descriptor, "rb")
