"""The body of a server's answer, read to a limit: no server decides how much memory that takes."""

import contextlib
from collections.abc import Iterator
from typing import Any, Final

from samestack.errors import InputError

MAX_BYTES: Final = 8 * 1024 * 1024
"""The most that all answers for one source may have together."""
_CHUNK: Final = 64 * 1024


class Allowance:
    """How many bytes may still come for one source."""

    def __init__(self, source: str, limit: int = MAX_BYTES) -> None:
        self._source = source
        self._limit = limit
        self._left = limit

    def spend(self, count: int) -> None:
        """Count bytes that came; :class:`InputError` when they are too many."""
        self._left -= count
        if self._left < 0:
            raise InputError(
                self._source, f"larger than the limit of {self._limit:,} bytes", hint="name a smaller part"
            )


class BoundedBody:
    """A body of urllib3, which requests and botocore read by :meth:`stream`; all else is the body's own."""

    def __init__(self, body: Any, allowance: Allowance) -> None:  # noqa: ANN401 - the library comes late
        self._body = body
        self._allowance = allowance

    def stream(self, amt: int | None = _CHUNK, decode_content: bool | None = None) -> Iterator[bytes]:  # noqa: FBT001 - as urllib3 calls it
        """The body in pieces; :class:`InputError` for one that is too large."""
        with contextlib.closing(self._body):
            for piece in self._body.stream(amt, decode_content=decode_content):
                self._allowance.spend(len(piece))
                yield piece

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401
        return getattr(self._body, name)
