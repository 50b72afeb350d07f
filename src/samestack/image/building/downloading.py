"""One file from an address into a stream: what breaks off is gone on with, and its hash is checked."""

import ssl
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, BinaryIO, Final
from urllib.parse import unquote, urlsplit

from samestack.capture.addresses import without_credentials
from samestack.errors import OutsideError
from samestack.image.building.arriving import Arriving, Wanted
from samestack.libraries import library

if TYPE_CHECKING:
    import httpx

__all__ = ["Downloader", "Wanted"]

_ATTEMPTS: Final = 6
_CHUNK: Final = 1 << 20
_AGAIN: Final = frozenset({408, 429, 500, 502, 503, 504})
_LONGEST_WAIT: Final = 60.0


class _BrokenOffError(Exception):
    """It may go on, after so many seconds if the server says when."""

    def __init__(self, why: str, wait: float | None = None) -> None:
        super().__init__(why)
        self.wait = wait


class Downloader:
    """Fetches over ``http``, ``https`` and ``file``; safe with several threads."""

    def __init__(self, *, sleep: Callable[[float], None] = time.sleep) -> None:
        self._sleep = sleep
        self._opened: httpx.Client | None = None
        self._opening = Lock()
        self._is_stopped = False

    def fetch(self, address: str, wanted: Wanted, out: BinaryIO) -> bool:
        """Bring it into ``out``; whether there was anything at the address.

        :class:`InputError` for something else than was wanted, :class:`OutsideError` when it cannot be had.
        """
        progress = Arriving(out, wanted, without_credentials(address))
        parts = urlsplit(address)
        if parts.scheme == "file":
            return _copied(Path(unquote(parts.path)), progress)
        if parts.scheme not in {"http", "https"}:
            raise OutsideError(f"{wanted.name}: addresses of this kind are not read: {progress.shown}")
        return self._fetched(address, progress)

    def _fetched(self, address: str, progress: Arriving) -> bool:
        for attempt in range(_ATTEMPTS):
            self._check_goes_on(progress)
            try:
                return self._attempt(address, progress)
            except _BrokenOffError as error:
                last = error
                wait = float(2**attempt) if error.wait is None else error.wait
                if attempt < _ATTEMPTS - 1:
                    self._sleep(min(wait, _LONGEST_WAIT))
        hint = "look at the network and the index, then build again: what is here stays"
        raise OutsideError(f"{progress.shown} cannot be fetched: {last}", hint=hint)

    def _attempt(self, address: str, progress: Arriving) -> bool:
        httpx = library("httpx", "fetching wheels", extra="image")
        headers = {"Accept-Encoding": "identity", "Range": f"bytes={progress.size}-"}
        try:
            with self._client.stream("GET", address, headers=headers) as answer:
                if answer.status_code in {404, 410}:
                    return False
                _check_status(answer, progress)
                for data in answer.iter_raw():
                    self._check_goes_on(progress)
                    progress.add(data)
        except httpx.TransportError as error:
            raise _BrokenOffError(str(error) or type(error).__name__) from None
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            raise OutsideError(f"{progress.shown} cannot be fetched: {type(error).__name__}") from None
        if progress.is_short:
            raise _BrokenOffError("it ends too early")
        progress.check()
        return True

    @property
    def _client(self) -> "httpx.Client":
        with self._opening:
            if self._opened is None:
                httpx = library("httpx", "fetching wheels", extra="image")
                verify = ssl.create_default_context()
                self._opened = httpx.Client(follow_redirects=True, timeout=60.0, verify=verify)
            return self._opened

    def stop(self) -> None:
        """End what is under way in other threads: nobody wants it any more."""
        self._is_stopped = True

    def _check_goes_on(self, progress: Arriving) -> None:
        if self._is_stopped:
            raise OutsideError(f"{progress.shown} was not fetched to its end")

    def close(self) -> None:
        """Close its connections."""
        if self._opened is not None:
            self._opened.close()


def _check_status(answer: "httpx.Response", progress: Arriving) -> None:
    if answer.status_code in _AGAIN:
        said = answer.headers.get("Retry-After", "")
        wait = float(said) if said.isdecimal() else None
        raise _BrokenOffError(f"the server answers {answer.status_code}", wait)
    if answer.status_code not in {200, 206}:
        raise OutsideError(f"{progress.shown} cannot be fetched: the server answers {answer.status_code}")
    if answer.status_code == 200 or not _goes_on(answer, progress):
        progress.restart()


def _goes_on(answer: "httpx.Response", progress: Arriving) -> bool:
    return str(answer.headers.get("Content-Range", "")).startswith(f"bytes {progress.size}-")


def _copied(path: Path, progress: Arriving) -> bool:
    try:
        with path.open("rb") as file:
            for data in _chunks(file):
                progress.add(data)
    except FileNotFoundError:
        return False
    except OSError as error:
        raise OutsideError(f"{path} cannot be read: {error.strerror}") from None
    progress.check()
    return True


def _chunks(file: BinaryIO) -> Iterator[bytes]:
    while data := file.read(_CHUNK):
        yield data
