"""A package index on this machine with the wheels of a few locks, so that both sides fetch alike."""

import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from samestack.image.building.locked_wheels import LockedWheel
from samestack.image.building.wheel_files import WheelFiles


@contextmanager
def image_index(directory: Path, wheels: Iterable[LockedWheel]) -> Iterator[str]:
    """The address of the index, for the time of a block; the wheels are fetched first."""
    _write(directory, tuple(wheels))
    handler = partial(_Quiet, directory=str(directory))
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/simple"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *words: object) -> None:
        """Nobody reads it."""


def _write(directory: Path, wheels: tuple[LockedWheel, ...]) -> None:
    with WheelFiles() as files:
        found = files.get(wheels)
    for one in wheels:
        page = directory / "simple" / one.name
        page.mkdir(parents=True, exist_ok=True)
        file = page / one.file
        if not file.exists():
            file.hardlink_to(found[one.sha256])
        links = (f'<a href="{path.name}">{path.name}</a>\n' for path in page.glob("*.whl"))
        (page / "index.html").write_text("<!DOCTYPE html>\n" + "".join(links))
