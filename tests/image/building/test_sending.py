"""Layers on their way: an error gives up what is under way instead of waiting for its end."""

import io
from pathlib import Path
from threading import Event

import pytest

from samestack.errors import OutsideError
from samestack.image.building.sending import Sending
from samestack.oci.digests import digest_of
from samestack.oci.documents import LAYER_GZIP, Descriptor
from samestack.oci.layout.writing import writing_layout
from samestack.oci.places import Blob
from samestack.progress import SILENT

MOST = 1000


class Endless(io.RawIOBase):
    """Content that gives a little each time, and tells when it was begun."""

    def __init__(self, begun: Event) -> None:
        super().__init__()
        self.begun = begun
        self.given = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        self.begun.set()
        self.given += 1
        Event().wait(0.01)
        buffer[:1] = b"x"
        return 1 if self.given < MOST else 0


def blob(data: bytes, stream: Endless | None = None) -> Blob:
    descriptor = Descriptor(media_type=LAYER_GZIP, digest=digest_of(data), size=len(data))
    return Blob(descriptor=descriptor, open=lambda: io.BytesIO(data) if stream is None else stream)  # type: ignore[arg-type, return-value]


def test_what_two_images_share_is_sent_once(tmp_path: Path) -> None:
    with writing_layout(tmp_path / "layout") as there, Sending(there) as sending:
        for data in (b"one", b"two", b"one"):
            sending.send(blob(data))
        assert sending.wait(SILENT) == {digest_of(b"one"), digest_of(b"two")}
        there.abandon()


def test_an_error_gives_up_what_is_under_way(tmp_path: Path) -> None:
    stream = Endless(Event())

    def failing() -> None:
        with writing_layout(tmp_path / "layout") as there, Sending(there) as sending:
            sending.send(blob(b"x" * MOST, stream))
            stream.begun.wait(10)
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        failing()
    assert stream.given < MOST // 2
    assert not list(tmp_path.rglob("sha256/*"))


def test_the_first_error_is_told(tmp_path: Path) -> None:
    def broken() -> io.BytesIO:
        raise OutsideError("gone")

    descriptor = blob(b"one").descriptor

    def sent() -> None:
        with writing_layout(tmp_path / "layout") as there, Sending(there) as sending:
            sending.send(Blob(descriptor=descriptor, open=broken))
            sending.wait(SILENT)

    with pytest.raises(OutsideError, match="gone"):
        sent()
