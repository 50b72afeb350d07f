"""A server of file transfers over a directory, in a thread, and whatever else a test answers with."""

# ruff: noqa: PTH115, PTH116, PTH118, PTH208 - what a server is asked for are paths in bytes

import io
import os
import struct
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Final

from samestack.capture.ssh.address import Address
from samestack.capture.ssh.connection import Connection
from samestack.capture.ssh.packets import Type, string
from samestack.capture.ssh.transfer import Transfer

Reply = tuple[int, bytes]
Serve = Callable[[int, bytes], Reply | None]
_LISTED: Final = 3
_MISSING, _FAILED, _END = 2, 4, 1
_NOTHING = struct.pack(">I", 0)


class DirectoryServer:
    """Answers from the files of this machine; at most ``most`` bytes of a file at once."""

    def __init__(self, most: int = 32 * 1024) -> None:
        self.most = most
        self.asked: list[Type] = []
        self._open: dict[bytes, int] = {}
        self._names: dict[bytes, list[tuple[bytes, bytes]]] = {}
        self._count = 0

    def __call__(self, kind: int, body: bytes) -> Reply:
        """The answer to a request."""
        self.asked.append(Type(kind))
        text, rest = _string(body)
        try:
            return self._answer(Type(kind), text, rest)
        except FileNotFoundError:
            return _status(_MISSING)
        except OSError:
            return _status(_FAILED)

    def _answer(self, kind: Type, text: bytes, rest: bytes) -> Reply:  # noqa: PLR0911 - one for each
        match kind:
            case Type.STAT | Type.LSTAT:
                found = os.stat(text) if kind is Type.STAT else os.lstat(text)
                return Type.ATTRS, _attributes(found)
            case Type.REALPATH:
                return _names([(os.path.realpath(text), _NOTHING)])
            case Type.READLINK:
                return _names([(os.readlink(text), _NOTHING)])
            case Type.OPEN:
                return self._opened(os.open(text, os.O_RDONLY | os.O_NONBLOCK))
            case Type.OPENDIR:
                return self._listed(text)
            case Type.READDIR:
                some, self._names[text] = self._names[text][:_LISTED], self._names[text][_LISTED:]
                return _names(some) if some else _status(_END)
            case Type.READ:
                offset, length = struct.unpack(">QI", rest)
                data = os.pread(self._open[text], min(length, self.most), offset)
                return (Type.DATA, string(data)) if data else _status(_END)
            case _:
                self._closed(text)
                return _status(0)

    def _opened(self, descriptor: int) -> Reply:
        handle = self._handle()
        self._open[handle] = descriptor
        return Type.HANDLE, string(handle)

    def _listed(self, path: bytes) -> Reply:
        handle = self._handle()
        names = (b".", b"..", *os.listdir(path))
        self._names[handle] = [(one, _attributes(os.lstat(os.path.join(path, one)))) for one in names]
        return Type.HANDLE, string(handle)

    def _closed(self, handle: bytes) -> None:
        if handle in self._open:
            os.close(self._open.pop(handle))
        else:
            del self._names[handle]

    def _handle(self) -> bytes:
        self._count += 1
        return b"handle %d" % self._count

    @property
    def left_open(self) -> int:
        """How many files and directories nobody closed."""
        return len(self._open) + len(self._names)


@contextmanager
def transferring(serve: Serve) -> Iterator[Transfer]:
    """A client of a server that is asked in a thread; an answer of ``None`` ends the connection."""
    theirs, ours = os.pipe(), os.pipe()
    thread = threading.Thread(target=_served, args=(theirs[0], ours[1], serve), daemon=True)
    thread.start()
    try:
        yield Transfer(Connection(theirs[1], ours[0], io.BytesIO(), Address(host="there")))
    finally:
        os.close(theirs[1])
        thread.join(10)
        os.close(ours[0])


def _served(questions: int, answers: int, serve: Serve) -> None:
    with os.fdopen(questions, "rb") as stream, os.fdopen(answers, "wb", buffering=0) as out:
        while header := stream.read(5):
            length, kind = struct.unpack(">IB", header)
            body = stream.read(length - 1)
            if kind == Type.INIT:
                out.write(struct.pack(">IBI", 5, Type.VERSION, 3))
                continue
            reply = serve(kind, body[4:])
            if reply is None:
                return
            out.write(struct.pack(">IB", len(reply[1]) + 5, reply[0]) + body[:4] + reply[1])


def _string(data: bytes) -> tuple[bytes, bytes]:
    (length,) = struct.unpack(">I", data[:4])
    return data[4 : 4 + length], data[4 + length :]


def _status(number: int) -> Reply:
    return Type.STATUS, struct.pack(">I", number) + string(b"") + string(b"")


def _attributes(found: os.stat_result) -> bytes:
    return struct.pack(">IQIIIII", 15, found.st_size, 0, 0, found.st_mode, 0, 0)


def _names(some: list[tuple[bytes, bytes]]) -> Reply:
    """Names with their attributes, or one path with none that counts."""
    parts = (string(name) + string(b"as ls shows it") + attributes for name, attributes in some)
    return Type.NAME, struct.pack(">I", len(some)) + b"".join(parts)
