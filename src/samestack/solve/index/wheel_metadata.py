"""The core metadata of a wheel that lies in an index: beside it, in its end, or in all of it.

A wheel is a zip archive: its table of contents stands at the end, so that a server that gives ranges need not
send the rest.
"""

import io
import zipfile
import zlib
from email.parser import HeaderParser
from pathlib import Path
from typing import Final
from urllib.parse import unquote, urlsplit

from samestack.errors import OutsideError
from samestack.solve.index.fetching import read
from samestack.solve.index.pages import IndexFile

_METADATA_LIMIT: Final = 8 << 20
_WHEEL_LIMIT: Final = 64 << 20
_END: Final = 256 << 10


def requirements_of(file: IndexFile) -> tuple[str, ...] | None:
    """What a wheel asks for; ``None`` where that cannot be told.

    :class:`OutsideError` where the index does not give it out.
    """
    text = _text_beside(file) if file.has_metadata else None
    text = text if text is not None else _text_inside(file)
    if text is None:
        return None
    headers = HeaderParser().parsestr(text)
    return tuple(str(value) for value in headers.get_all("Requires-Dist") or ())


def _text_beside(file: IndexFile) -> str | None:
    page = read(f"{file.address}.metadata", _METADATA_LIMIT)
    return None if page is None else page.content.decode("utf-8", "replace")


def _text_inside(file: IndexFile) -> str | None:
    parts = urlsplit(file.address)
    try:
        if parts.scheme in {"", "file"}:
            with zipfile.ZipFile(Path(unquote(parts.path))) as archive:
                return _metadata_in(archive)
        with zipfile.ZipFile(_Remote(file.address)) as archive:
            return _metadata_in(archive)
    except OSError as error:
        raise OutsideError(f"{file.name} cannot be read: {error}") from None
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError):
        return None


def _metadata_in(archive: zipfile.ZipFile) -> str | None:
    for member in archive.infolist():
        folder, _, rest = member.filename.partition("/")
        if folder.endswith(".dist-info") and rest == "METADATA":
            with archive.open(member) as stream:
                return stream.read(_METADATA_LIMIT).decode("utf-8", "replace")
    return None


class _Remote(io.RawIOBase):
    """A file on a server as a file: its end is fetched, and other parts as they are asked for."""

    def __init__(self, address: str) -> None:
        self._address = address
        self._position = 0
        self._start, self._end_part, self._size = self._fetch_end()

    def seekable(self) -> bool:
        return True

    def readable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        base = {io.SEEK_SET: 0, io.SEEK_CUR: self._position, io.SEEK_END: self._size}[whence]
        self._position = max(0, base + offset)
        return self._position

    def tell(self) -> int:
        return self._position

    def read(self, size: int = -1) -> bytes:
        end = self._size if size < 0 else min(self._size, self._position + size)
        if end <= self._position:
            return b""
        content = self._between(self._position, end)
        self._position += len(content)
        return content

    def _between(self, start: int, end: int) -> bytes:
        if start >= self._start:
            return self._end_part[start - self._start : end - self._start]
        page = read(self._address, _METADATA_LIMIT, headers=_range(f"{start}-{end - 1}"))
        if page is None or not page.is_part:
            raise OSError("the server stopped giving parts")
        return page.content

    def _fetch_end(self) -> tuple[int, bytes, int]:
        page = read(self._address, _WHEEL_LIMIT, headers=_range(f"-{_END}"))
        if page is None:
            raise OSError("it is not there")
        if not page.is_part:
            return 0, page.content, len(page.content)
        return page.whole - len(page.content), page.content, page.whole


def _range(said: str) -> dict[str, str]:
    # A part of a compressed file would be of no use.
    return {"Range": f"bytes={said}", "Accept-Encoding": "identity"}
