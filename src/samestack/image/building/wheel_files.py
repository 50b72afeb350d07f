"""The wheels of a lock as files of this machine: fetched once, checked, and kept by their hashes."""

import os
from collections.abc import Iterable, Iterator, Mapping
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

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._downloader.close()
        self._store.close()

    def get(self, wheels: Iterable[LockedWheel], reporter: Reporter = SILENT) -> Mapping[str, Path]:
        """The file of each wheel, by its SHA-256; what is not here is fetched, several at a time.

        :class:`~samestack.errors.OutsideError` for one that cannot be had,
        :class:`~samestack.errors.InputError` for one that is not what the lock says.
        """
        wanted = {one.sha256: one for one in wheels}
        here = self.here(wanted.values())
        absent = [one for digits, one in wanted.items() if digits not in here]
        return {**here, **self._fetch(absent, reporter)}

    def here(self, wheels: Iterable[LockedWheel]) -> Mapping[str, Path]:
        """The files of those wheels that need not be fetched, by their SHA-256."""
        found = {one.sha256: self._store.find(one.sha256, one.size or None) for one in wheels}
        return {digits: path for digits, path in found.items() if path is not None}

    def one(self, wheel: LockedWheel) -> Path:
        """The file of one wheel, fetched if it is not here; errors as from :meth:`get`."""
        return self._store.find(wheel.sha256, wheel.size or None) or self._fetched(wheel)

    def _fetch(self, wheels: list[LockedWheel], reporter: Reporter) -> Mapping[str, Path]:
        if not wheels:
            return {}
        reporter.started("fetching wheels", len(wheels))
        with ThreadPoolExecutor(_AT_ONCE) as threads:
            futures = {threads.submit(self._fetched, one): one for one in wheels}
            try:
                found = dict(_arriving(futures, reporter))
            except BaseException:
                self._downloader.stop()
                threads.shutdown(wait=False, cancel_futures=True)
                raise
        reporter.finished()
        return found

    def _fetched(self, wheel: LockedWheel) -> Path:
        wanted = Wanted(name=wheel.file, sha256=wheel.sha256, size=wheel.size)
        with self._store.aside() as file:
            for address in self._addresses.of(wheel):
                if self._downloader.fetch(address, wanted, file):
                    return self._store.keep(file, wheel.sha256)
        raise missing(wheel)


def _arriving(futures: Mapping[Future[Path], LockedWheel], reporter: Reporter) -> Iterator[tuple[str, Path]]:
    for future in as_completed(futures):
        path, wheel = future.result(), futures[future]
        reporter.advanced(f"{wheel.file}, {path.stat().st_size / 1e6:.1f} MB")
        yield wheel.sha256, path
