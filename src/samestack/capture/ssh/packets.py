"""The messages of the SSH file transfer protocol, version 3, that reading takes: bytes to values and back."""

import stat
import struct
from collections.abc import Iterator
from enum import IntEnum
from typing import Final, NamedTuple

from samestack.errors import OutsideError

VERSION: Final = 3
MAX_PACKET: Final = 256 * 1024
"""The largest message that is read: OpenSSH's own limit."""
PIECE: Final = 32 * 1024
"""How much of a file is asked for at once: what every server must be able to give."""


class Type(IntEnum):
    """What a message is."""

    INIT = 1
    VERSION = 2
    OPEN = 3
    CLOSE = 4
    READ = 5
    LSTAT = 7
    OPENDIR = 11
    READDIR = 12
    REALPATH = 16
    STAT = 17
    READLINK = 19
    STATUS = 101
    HANDLE = 102
    DATA = 103
    NAME = 104
    ATTRS = 105


class Status(IntEnum):
    """Why a request has no other answer."""

    OK = 0
    END = 1
    MISSING = 2
    DENIED = 3


class MalformedError(OutsideError):
    """A server that does not speak the protocol."""

    def __init__(self) -> None:
        super().__init__("its answer is not one of SFTP")


class Request(NamedTuple):
    """What is asked, without the number that its answer comes back under."""

    type: Type
    body: bytes


class Answer(NamedTuple):
    """What came back."""

    type: int
    body: bytes


class Attributes(NamedTuple):
    """What a server says of a file."""

    size: int = 0
    mode: int = 0

    @property
    def is_file(self) -> bool:
        """Whether it is a regular file."""
        return stat.S_ISREG(self.mode)

    @property
    def is_directory(self) -> bool:
        """Whether it is a directory."""
        return stat.S_ISDIR(self.mode)

    @property
    def is_link(self) -> bool:
        """Whether it is a symbolic link."""
        return stat.S_ISLNK(self.mode)


class Named(NamedTuple):
    """A name in a directory, not followed where it is a link."""

    name: str
    attributes: Attributes


def of_path(kind: Type, path: str) -> Request:
    """A request about a path; one that is opened is opened for reading."""
    more = struct.pack(">II", 1, 0) if kind is Type.OPEN else b""
    return Request(kind, string(path.encode("utf-8", "surrogateescape")) + more)


def of_handle(kind: Type, handle: bytes) -> Request:
    """A request about what was opened."""
    return Request(kind, string(handle))


def reading(handle: bytes, offset: int, length: int) -> Request:
    """A request for a piece of a file."""
    return Request(Type.READ, string(handle) + struct.pack(">QI", offset, length))


def packed(request: Request, number: int) -> bytes:
    """A message as it is sent."""
    return struct.pack(">IBI", len(request.body) + 5, request.type, number) + request.body


def string(data: bytes) -> bytes:
    """A text as the protocol writes it."""
    return struct.pack(">I", len(data)) + data


class _Cursor:
    """Bytes, read from the front; :class:`MalformedError` where they end too early."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._at = 0

    def number(self, form: str = ">I") -> int:
        """A number of that form."""
        (value,) = struct.unpack(form, self._take(struct.calcsize(form)))
        return int(value)

    def string(self) -> bytes:
        """A text of a stated length."""
        return self._take(self.number())

    def attributes(self) -> Attributes:
        """What is said of a file."""
        flags = self.number()
        size = self.number(">Q") if flags & 1 else 0
        if flags & 2:
            self._take(8)
        mode = self.number() if flags & 4 else 0
        if flags & 8:
            self._take(8)
        for _ in range(self.number() if flags & 0x80000000 else 0):  # each takes bytes: they end soon enough
            self.string()
            self.string()
        return Attributes(size, mode)

    def _take(self, count: int) -> bytes:
        if count > len(self._data) - self._at:
            raise MalformedError
        self._at += count
        return self._data[self._at - count : self._at]


def status_of(answer: Answer) -> int | None:
    """The status that an answer is; ``None`` for one that gives what was asked for."""
    return _Cursor(answer.body).number() if answer.type == Type.STATUS else None


def handle_of(answer: Answer) -> bytes:
    """What was opened."""
    return _expected(answer, Type.HANDLE).string()


def data_of(answer: Answer) -> bytes:
    """A piece of a file."""
    return _expected(answer, Type.DATA).string()


def attributes_of(answer: Answer) -> Attributes:
    """What is said of a file."""
    return _expected(answer, Type.ATTRS).attributes()


def names_of(answer: Answer) -> Iterator[Named]:
    """Names in a directory, or the one path that a question was about."""
    cursor = _expected(answer, Type.NAME)
    for _ in range(cursor.number()):
        name = cursor.string().decode("utf-8", "surrogateescape")
        cursor.string()  # as ls would show it
        yield Named(name, cursor.attributes())


def _expected(answer: Answer, kind: Type) -> _Cursor:
    if answer.type != kind:
        raise MalformedError
    return _Cursor(answer.body)
