"""Where a wheel can be had: beside the lock, where the lock says, or on the indexes of this machine."""

from collections.abc import Iterator
from pathlib import Path
from threading import Lock
from urllib.parse import unquote

from samestack.errors import OutsideError
from samestack.image.building.locked_wheels import LockedWheel
from samestack.solve.index.pages import IndexFile, files_linked, files_of
from samestack.solve.uv.index_settings import IndexSettings, index_settings
from samestack.solve.uv.uv_program import uv_program


class WheelAddresses:
    """The places of wheels, each asked for when those before it did not serve.

    Which indexes there are is asked of uv, and only when a lock does not say where its files are. Addresses
    may hold credentials: they are not to be shown. Safe with several threads.
    """

    def __init__(self) -> None:
        self._settings: IndexSettings | None = None
        self._lock = Lock()

    def of(self, wheel: LockedWheel) -> Iterator[str]:
        """Where it may be, in the order in which to try."""
        if wheel.path:
            yield Path(wheel.path).as_uri()
        if wheel.url:
            yield wheel.url
            return
        yield from (one.address for one in self._listed(wheel) if unquote(one.name) == wheel.file)

    def _listed(self, wheel: LockedWheel) -> Iterator[IndexFile]:
        settings = self._asked()
        for link in settings.links:
            yield from files_linked(link)
        for index in settings.indexes:
            yield from files_of(index, wheel.name) or ()

    def _asked(self) -> IndexSettings:
        with self._lock:
            if self._settings is None:
                self._settings = index_settings(uv_program())
            return self._settings


def missing(wheel: LockedWheel) -> OutsideError:
    """The error for a wheel that is nowhere."""
    hint = "put it beside the lock, or name the index that has it in the settings of uv or pip"
    return OutsideError(f"{wheel.file} is on none of the indexes of this machine", hint=hint)
