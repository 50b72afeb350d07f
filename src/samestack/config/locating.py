"""Where in a file of this machine a value stands: read when somebody asks, since it takes a parse."""

import re
from pathlib import Path
from typing import Final

from msgspec import Struct

from samestack.config.settings import PLACE
from samestack.config.sources.document import ENDINGS
from samestack.config.sources.document_lines import line_of_key
from samestack.errors import InputError
from samestack.outside.local_file import read_local
from samestack.outside.source_error import SourceError

_FILES: Final = ("age", "dotenv", "file", "sops")
"""The kinds whose places are files."""
_LINE: Final = re.compile(r"\bline (\d+)\b")


class Location(Struct, frozen=True, kw_only=True):
    """A file, and a line in it."""

    path: Path
    line: int = 0
    """The first is 1; 0 where none is known."""


def located(source: str, place: str, project: Path) -> Location | None:
    """The file that an origin's ``source`` is, and the line of its ``place`` in it; ``None`` for no file.

    The kind may stand before the path, as in ``age:config/production.secrets.age``. In a manifest, a variable
    is looked for where it is declared.
    """
    path = _file(source, project)
    return None if path is None else Location(path=path, line=_line(path, place))


def _file(source: str, project: Path) -> Path | None:
    kind, _, after = source.partition(":")
    names = (source, after if kind in _FILES else "")
    candidates = (project / name for name in names if name and "\0" not in name)
    return next((path for path in candidates if path.is_file()), None)


def _line(path: Path, place: str) -> int:
    if told := _LINE.search(place):
        return int(told[1])
    if not place or path.suffix not in ENDINGS:
        return 0
    try:
        text = read_local(path, path.name)
    except (SourceError, InputError):
        return 0
    paths = (place.split("."), (*PLACE.split("."), "fields", place))
    return next((line for keys in paths if (line := line_of_key(text, path.suffix, keys))), 0)
