"""A part of a blob that is uploaded in one request: its range, its headers and its bytes."""

import re
from collections.abc import Generator, Mapping
from typing import BinaryIO, Final

from msgspec import Struct

from samestack.errors import InputError

_PIECE: Final = 1 << 20
_NUMBER: Final = re.compile(r"[0-9]{1,18}")
_RANGE: Final = re.compile(r"(?:bytes=)?0-([0-9]{1,18})")


class Part(Struct, frozen=True, kw_only=True):
    """The bytes from ``start`` up to and without ``end``, of a blob of ``size`` bytes."""

    start: int
    end: int
    size: int

    @property
    def is_last(self) -> bool:
        """Whether the blob is whole with it."""
        return self.end == self.size

    @property
    def headers(self) -> Mapping[str, str]:
        """What goes with it; a blob in one part is no part."""
        headers = {"Content-Type": "application/octet-stream", "Content-Length": str(self.end - self.start)}
        if self.start or not self.is_last:
            headers["Content-Range"] = f"{self.start}-{self.end - 1}"
        return headers


def pieces(content: BinaryIO, part: Part, *, where: str) -> Generator[bytes]:
    """The bytes of a part, from content that stands at its start.

    The end of the content is read before the last of them is sent: only there its digest is checked, and
    what was altered is not to be there whole. :class:`InputError` where it ends too early or too late.
    """
    left = part.end - part.start
    while left:
        piece = content.read(min(left, _PIECE))
        if not piece:
            raise InputError(where, f"its content ends {left} bytes too early")
        left -= len(piece)
        if not left and part.is_last:
            _check_end(content, where)
        yield piece
    if part.start == part.end:
        _check_end(content, where)


def skip(content: BinaryIO, count: int) -> None:
    """Pass over what the registry has already."""
    while count:
        piece = content.read(min(count, _PIECE))
        if not piece:
            return  # whoever reads on finds the end, too
        count -= len(piece)


def offset_in(header: str) -> int:
    """How many bytes a registry has, from its header ``Range``. ``0-0`` says none: that may be one, too."""
    match = _RANGE.fullmatch(header.strip())
    last = int(match[1]) if match else 0
    return last + 1 if last else 0


def least_in(header: str) -> int:
    """The fewest bytes that a part may have, from a header ``OCI-Chunk-Min-Length``; 0 where it is unsaid."""
    match = _NUMBER.fullmatch(header.strip())
    return int(match[0]) if match else 0


def with_digest(place: str, digest: str) -> str:
    """Where the last part goes. The rest of the address stays as it is, for it may be signed."""
    return f"{place}{'&' if '?' in place else '?'}digest={digest}"


def _check_end(content: BinaryIO, where: str) -> None:
    if content.read(1):
        raise InputError(where, "its content is longer than its descriptor says")
