"""Bringing many blobs to a destination, a few at a time, until they are all there or one cannot be."""

import io
import threading
from collections.abc import Mapping, Sequence
from concurrent.futures import FIRST_EXCEPTION, ThreadPoolExecutor, wait
from enum import Enum, auto
from typing import BinaryIO, Final

from samestack.errors import OutsideError, RequestError, SamestackError
from samestack.oci.image_name import ImageName
from samestack.oci.places import Blob, Destination, Source
from samestack.oci.selecting import Part
from samestack.oci.watched_reader import WatchedReader
from samestack.progress import Reporter

_AT_ONCE: Final = 4
# What is under way when all is over may take back what it began; longer than that it is not waited for.
_GRACE_SECONDS: Final = 5.0
_BUFFER: Final = 1 << 20


class Way(Enum):
    """How a blob came to be at its destination."""

    MOVED = auto()
    MOUNTED = auto()
    FOUND = auto()


def carry(
    parts: Sequence[Part], source: Source, destination: Destination, *, host: str, reporter: Reporter
) -> Mapping[str, Way]:
    """Bring the parts of an image to a destination; how each came there, by digest.

    The first failure, or Ctrl-C, ends it all. ``host`` is the registry that the destination is in, if in one.
    """
    carrier = _Carrier(source, destination, host, reporter)
    reporter.started(f"copying {source.shown()}", len(parts))
    executor = ThreadPoolExecutor(_AT_ONCE, "copying")
    futures = {part.descriptor.digest: executor.submit(carrier.bring, part) for part in parts}
    try:
        wait(futures.values(), return_when=FIRST_EXCEPTION)
        carrier.check()
        return {digest: future.result() for digest, future in futures.items()}
    finally:
        carrier.end()
        executor.shutdown(wait=False, cancel_futures=True)
        wait([one for one in futures.values() if not one.cancelled()], timeout=_GRACE_SECONDS)
        reporter.finished()


def origin_of(shown: str, base: str, host: str) -> str:
    """The repository of a registry that may have a layer already: the image's source, or what lies below it.

    ``shown`` is how a source names itself; nothing is mounted across registries.
    """
    for text in (shown.removeprefix("registry:"), base):
        try:
            name = ImageName.parse(text)
        except RequestError:
            continue
        if name.host == host:
            return name.repository
    return ""


class _Carrier:
    """Brings one blob in each of several threads, until it is over."""

    def __init__(self, source: Source, destination: Destination, host: str, reporter: Reporter) -> None:
        self._source = source
        self._destination = destination
        self._host = host
        self._reporter = reporter
        self._bytes = 0
        self._lock = threading.Lock()
        self._failure: SamestackError | None = None
        self._is_over = False

    def bring(self, part: Part) -> Way:
        """How a blob came to be there; after a failure no further one is begun."""
        try:
            self._hear(0)
            way = self._way(part)
        except SamestackError as error:
            self.end(error)
            raise
        self._report(0, steps=1)
        return way

    def end(self, failure: SamestackError | None = None) -> None:
        """End whatever is under way; of several failures the first is the one that is told."""
        with self._lock:
            self._failure = self._failure if self._is_over else failure
            self._is_over = True

    def check(self) -> None:
        """Raise what went wrong first."""
        if self._failure is not None:
            raise self._failure

    def _way(self, part: Part) -> Way:
        if self._destination.has(part.descriptor):
            return Way.FOUND
        origin = origin_of(self._source.shown(), part.base, self._host)
        blob = Blob(descriptor=part.descriptor, open=lambda: self._opened(part), origin=origin)
        return Way.MOVED if self._destination.add(blob) else Way.MOUNTED

    def _opened(self, part: Part) -> BinaryIO:
        return io.BufferedReader(WatchedReader(self._source.blob(part.descriptor), self._hear), _BUFFER)

    def _hear(self, count: int) -> None:
        if self._is_over:
            raise OutsideError("the copy has ended")
        if count:
            self._report(count, steps=0)

    def _report(self, count: int, *, steps: int) -> None:
        with self._lock:
            self._bytes += count
            self._reporter.advanced(f"{self._bytes / 1e6:,.1f} MB", steps)
