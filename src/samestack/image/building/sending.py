"""Layers on their way to the destination while others are still being written."""

import io
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from types import TracebackType
from typing import BinaryIO, Final, Self

from msgspec.structs import replace

from samestack.errors import OutsideError
from samestack.oci.places import Blob, Destination
from samestack.progress import Reporter

_AT_ONCE: Final = 4
_BUFFER: Final = 1 << 20


class Sending:
    """Blobs that are being added to a destination. A context: an error inside gives up what is waiting."""

    def __init__(self, destination: Destination) -> None:
        self._destination = destination
        self._threads = ThreadPoolExecutor(_AT_ONCE)
        self._is_stopped = False
        self._under_way: dict[str, tuple[Future[bool], Blob]] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._is_stopped = error is not None
        self._threads.shutdown(wait=True, cancel_futures=self._is_stopped)

    def send(self, blob: Blob) -> None:
        """Have it added; what two images share is added once."""
        digest = blob.descriptor.digest
        if digest not in self._under_way:
            stoppable = replace(blob, open=lambda: self._stoppable(blob))
            self._under_way[digest] = (self._threads.submit(self._destination.add, stoppable), blob)

    def _stoppable(self, blob: Blob) -> BinaryIO:
        return io.BufferedReader(_Stoppable(blob.open(), lambda: self._is_stopped), _BUFFER)

    def wait(self, reporter: Reporter) -> frozenset[str]:
        """The digests of what had to be moved, once all of it is there; the first error is raised."""
        moved = set()
        reporter.started("moving layers", len(self._under_way))
        for digest, (future, blob) in self._under_way.items():
            if future.result():
                moved.add(digest)
            reporter.advanced(f"{blob.descriptor.size / 1e6:.1f} MB")
        reporter.finished()
        return frozenset(moved)


class _Stoppable(io.RawIOBase):
    """A stream that breaks off when nobody wants its end any more."""

    def __init__(self, stream: BinaryIO, is_stopped: Callable[[], bool]) -> None:
        super().__init__()
        self._stream = stream
        self._is_stopped = is_stopped

    def readable(self) -> bool:
        """It is for reading."""
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        """Read on; :class:`OutsideError` when it was given up."""
        if self._is_stopped():
            raise OutsideError("the build was given up")
        data = self._stream.read(len(buffer))
        buffer[: len(data)] = data
        return len(data)

    def close(self) -> None:
        """Close the stream below, too."""
        if not self.closed:
            self._stream.close()
        super().close()
