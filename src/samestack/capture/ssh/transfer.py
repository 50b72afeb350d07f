"""Files of another machine, asked for many at a time: what takes long is the way there and back."""

import errno
import os
import struct
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Final, TypeVar

from samestack.capture.ssh.connection import Connection
from samestack.capture.ssh.packets import (
    MAX_PACKET,
    PIECE,
    VERSION,
    Answer,
    Attributes,
    MalformedError,
    Named,
    Request,
    Status,
    Type,
    attributes_of,
    data_of,
    handle_of,
    names_of,
    of_handle,
    of_path,
    packed,
    reading,
    status_of,
)

T = TypeVar("T")

MAX_NAMES: Final = 200_000
"""The most names of a directory that are read."""
_WINDOW: Final = 64
"""How many requests are under way, and files open, at a time."""
_MAX_LISTED: Final = 16
_ERRORS: Final = {Status.MISSING: errno.ENOENT, Status.DENIED: errno.EACCES}


class Transfer:
    """The SSH file transfer protocol, as far as reading takes it."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._number = 0
        connection.send(struct.pack(">IBI", 5, Type.INIT, VERSION))
        if self._received().type != Type.VERSION:
            raise MalformedError

    def attributes(self, paths: Sequence[str], *, followed: bool = True) -> dict[str, Attributes]:
        """What is said of each path that is there and may be looked at."""
        kind = Type.STAT if followed else Type.LSTAT
        answers = self._asked([of_path(kind, path) for path in paths])
        return {
            path: attributes_of(answer)
            for path, answer in zip(paths, answers, strict=True)
            if status_of(answer) is None
        }

    def resolved(self, path: str) -> str | None:
        """The absolute path without links; ``None`` where it leads nowhere."""
        return self._path(Type.REALPATH, path)

    def target(self, path: str) -> str | None:
        """What a link says; ``None`` for what is no link."""
        return self._path(Type.READLINK, path)

    def listings(self, paths: Sequence[str]) -> dict[str, list[Named]]:
        """The names in each directory that may be read; none in one that is missing."""
        found: dict[str, list[Named]] = {}
        for some in _some(paths):
            answers = self._asked([of_path(Type.OPENDIR, path) for path in some])
            given = dict(zip(some, answers, strict=True))
            handles = {path: handle_of(one) for path, one in given.items() if status_of(one) is None}
            found |= {path: [] for path, one in given.items() if status_of(one) in {None, Status.MISSING}}
            self._listed(handles, found)
            self._closed(handles.values())
        return found

    def _listed(self, handles: Mapping[str, bytes], found: Mapping[str, list[Named]]) -> None:
        """Names of open directories. A server gives about a hundred at once, so ever more are asked for."""
        left, times = dict(handles), 1
        while left:
            asked = [path for path in left for _ in range(times)]
            answers = self._asked([of_handle(Type.READDIR, handles[path]) for path in asked])
            for path, answer in zip(asked, answers, strict=True):
                if status_of(answer) is not None or len(found[path]) > MAX_NAMES:
                    left.pop(path, None)
                else:
                    found[path].extend(one for one in names_of(answer) if _is_name(one.name))
            times = min(2 * times, _MAX_LISTED)

    def contents(self, sizes: Mapping[str, int], limit: int) -> dict[str, bytes]:
        """The beginning of each file that may be read: ``limit`` bytes and one more, where it has so many.

        ``sizes`` is what each is said to have; those of ``/proc`` have none and more in them.
        """
        found: dict[str, bytes] = {}
        for some in _some(list(sizes)):
            handles = self._opened(Type.OPEN, some)
            wanted = {path: min(sizes[path], limit) + 1 for path in handles}
            pieces = [(path, offset) for path in handles for offset in range(0, wanted[path], PIECE)]
            answers = self._asked(
                [reading(handles[path], at, min(PIECE, wanted[path] - at)) for path, at in pieces]
            )
            parts: dict[str, list[bytes]] = {path: [] for path in handles}
            for (path, _), answer in zip(pieces, answers, strict=True):
                parts[path].append(_part(answer, PIECE))
            for path, handle in handles.items():
                found[path] = self._completed(handle, parts[path], sizes[path], limit)
            self._closed(handles.values())
        return found

    def opened(self, path: str) -> bytes:
        """A handle of a file; ``OSError`` where it cannot be opened."""
        (answer,) = self._asked([of_path(Type.OPEN, path)])
        status = status_of(answer)
        if status is not None:
            raise failure(status, path)
        return handle_of(answer)

    def piece(self, handle: bytes, offset: int, length: int) -> bytes:
        """So many bytes of an open file, fewer at its end."""
        wanted = [(at, min(PIECE, offset + length - at)) for at in range(offset, offset + length, PIECE)]
        answers = self._asked([reading(handle, at, count) for at, count in wanted])
        data = b""
        for answer, (_, count) in zip(answers, wanted, strict=True):
            part = _part(answer, count)
            data += part
            if len(part) < count:  # the end, or a server that gives less at once: what follows is asked again
                break
        return data

    def closed(self, handle: bytes) -> None:
        """Close an open file."""
        self._closed([handle])

    def _completed(self, handle: bytes, parts: list[bytes], size: int, limit: int) -> bytes:
        """The pieces of a file, put together, and what there is beyond them.

        There is more where a server gives less at once, and where a file has more in it than its size: those
        of ``/proc`` have none.
        """
        data = b""
        for part in parts:
            data += part
            if len(part) < PIECE:
                break
        is_whole = len(data) == size > 0
        while not is_whole and len(data) <= limit:
            more = self.piece(handle, len(data), min(PIECE, limit + 1 - len(data)))
            data, is_whole = data + more, not more
        return data

    def _path(self, kind: Type, path: str) -> str | None:
        (answer,) = self._asked([of_path(kind, path)])
        return next(names_of(answer)).name if status_of(answer) is None else None

    def _opened(self, kind: Type, paths: Sequence[str]) -> dict[str, bytes]:
        answers = self._asked([of_path(kind, path) for path in paths])
        given = zip(paths, answers, strict=True)
        return {path: handle_of(answer) for path, answer in given if status_of(answer) is None}

    def _closed(self, handles: Iterable[bytes]) -> None:
        self._asked([of_handle(Type.CLOSE, handle) for handle in handles])

    def _asked(self, requests: Sequence[Request]) -> list[Answer]:
        """The answers, in the order of the requests; a server may give them in another."""
        if not requests:
            return []
        first = self._number
        self._number = (self._number + len(requests)) % 2**31
        sent = iter(enumerate(requests))
        answers: dict[int, Answer] = {}
        self._send(islice(sent, _WINDOW), first)
        while len(answers) < len(requests):
            answer = self._received()
            (number,) = struct.unpack(">I", answer.body[:4].rjust(4))
            if not 0 <= number - first < len(requests) or number in answers:
                raise MalformedError
            answers[number] = Answer(answer.type, answer.body[4:])
            self._send(islice(sent, 1), first)
        return [answers[first + index] for index in range(len(requests))]

    def _send(self, requests: Iterator[tuple[int, Request]], first: int) -> None:
        data = b"".join(packed(request, first + index) for index, request in requests)
        if data:
            self._connection.send(data)

    def _received(self) -> Answer:
        (length,) = struct.unpack(">I", self._connection.receive(4))
        if not 5 <= length <= MAX_PACKET:
            raise MalformedError
        data = self._connection.receive(length)
        return Answer(data[0], data[1:])


def _is_name(name: str) -> bool:
    return name not in {"", ".", ".."} and "/" not in name and "\0" not in name


def _part(answer: Answer, most: int) -> bytes:
    """The bytes of an answer, none at the end of the file; a server that gives more than was asked lies."""
    if status_of(answer) is not None:
        return b""
    data = data_of(answer)
    if len(data) > most:
        raise MalformedError
    return data


def failure(status: int, path: str) -> OSError:
    """The error of a status, as the same call on this machine would raise it."""
    number = _ERRORS.get(Status(status), errno.EIO) if status in set(Status) else errno.EIO
    return OSError(number, os.strerror(number), path)


def _some(paths: Sequence[T]) -> Iterator[Sequence[T]]:
    return (paths[start : start + _WINDOW] for start in range(0, len(paths), _WINDOW))
