"""Files that are to be edited: their text, and the mark that some systems put before it."""

import codecs
from pathlib import Path

from samestack.capture.documents import read_bytes
from samestack.errors import InputError


def text_and_mark(path: Path) -> tuple[str, bytes]:
    """The text without its byte order mark, line ends as they are, and the mark.

    :class:`InputError` for what is not UTF-8.
    """
    data = read_bytes(path)
    mark = codecs.BOM_UTF8 if data.startswith(codecs.BOM_UTF8) else b""
    try:
        return data.removeprefix(mark).decode(), mark
    except UnicodeDecodeError:
        message = "not UTF-8 text, so it is not edited"
        raise InputError(str(path), message, hint="save it as UTF-8") from None
