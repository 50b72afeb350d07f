"""The wheels of a lock as files of this machine: fetched once, checked, and kept by their hashes."""

import os
from collections.abc import Iterable, Mapping
from concurrent.futures import Future, ThreadPoolExecutor, as_completed
from pathlib import Path
from types import TracebackType
from typing import Final, Self

from samestack.image.building.content_store import ContentStore
from samestack.image.building.downloading import Downloader, Wanted
from samestack.image.building.locked_wheels import LockedWheel
from samestack.image.building.wheel_addresses import WheelAddresses, missing
from samestack.progress import SILENT, Reporter

_AT_ONCE: Final = 8


class WheelFiles:
    """The wheels that are here, and those that can be fetched. A context: connections end with it."""

    def __init__(
        self,
        environment: Mapping[str, str] = os.environ,
        *,
        addresses: WheelAddresses | None = None,
        downloader: Downloader | None = None,
    ) -> None:
        self._store = ContentStore("wheels", environment)
        self._addresses = addresses or WheelAddresses()
        self._downloader = downloader or Downloader()
        self._threads = ThreadPoolExecutor(_AT_ONCE)
        self._under_way: dict[str, Future[Path]] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if error is not None:
            self._downloader.stop()
        self._threads.shutdown(wait=True, cancel_futures=True)
        self._downloader.close()
        self._store.close()

    def get(self, wheels: Iterable[LockedWheel], reporter: Reporter = SILENT) -> Mapping[str, Path]:
        """The file of each wheel, by its SHA-256; what is not here is fetched, several at a time.

        :class:`~samestack.errors.OutsideError` for one that cannot be had,
        :class:`~samestack.errors.InputError` for one that is not what the lock says.
        """
        wanted = {one.sha256: one for one in wheels}
        here = self.here(wanted.values())
        absent = {digits: one for digits, one in wanted.items() if digits not in here}
        self.begin(absent.values())
        return {**here, **self._arriving(absent, reporter)}

    def begin(self, wheels: Iterable[LockedWheel]) -> None:
        """Have those wheels fetched that are not here, several at a time; :meth:`one` waits for its own."""
        for wheel in wheels:
            if wheel.sha256 not in self._under_way and not self._found(wheel):
                self._under_way[wheel.sha256] = self._threads.submit(self._fetched, wheel)

    def here(self, wheels: Iterable[LockedWheel]) -> Mapping[str, Path]:
        """The files of those wheels that need not be fetched, by their SHA-256."""
        found = {one.sha256: self._found(one) for one in wheels}
        return {digits: path for digits, path in found.items() if path is not None}

    def one(self, wheel: LockedWheel) -> Path:
        """The file of one wheel, fetched if it is not here; errors as from :meth:`get`."""
        coming = self._under_way.get(wheel.sha256)
        if coming is not None:
            return coming.result()
        return self._found(wheel) or self._fetched(wheel)

    def _found(self, wheel: LockedWheel) -> Path | None:
        return self._store.find(wheel.sha256, wheel.size or None)

    def _arriving(self, wheels: Mapping[str, LockedWheel], reporter: Reporter) -> Mapping[str, Path]:
        if not wheels:
            return {}
        reporter.started("fetching wheels", len(wheels))
        futures = {self._under_way[digits]: one for digits, one in wheels.items()}
        found = {}
        for future in as_completed(futures):
            path, wheel = future.result(), futures[future]
            reporter.advanced(f"{wheel.file}, {path.stat().st_size / 1e6:.1f} MB")
            found[wheel.sha256] = path
        reporter.finished()
        return found

    def _fetched(self, wheel: LockedWheel) -> Path:
        wanted = Wanted(name=wheel.file, sha256=wheel.sha256, size=wheel.size)
        with self._store.aside() as file:
            for address in self._addresses.of(wheel):
                if self._downloader.fetch(address, wanted, file):
                    return self._store.keep(file, wheel.sha256)
        raise missing(wheel)
