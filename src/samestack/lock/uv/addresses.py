"""The addresses of a lock, made fit to be shared: without credentials, and without this machine's paths."""

import os.path
import re
from pathlib import Path
from typing import Final
from urllib.parse import unquote

from samestack.capture.addresses import without_credentials

_FILE = re.compile(r'\burl = "([^"]*/)?([^"/]+)"')
_PATH = re.compile(r'\bpath = "([^"]+)"')
_INDEX = re.compile(r'^index = "[^"]*"\n', re.MULTILINE)
_LOCAL: Final = "file:"


def shared_files(text: str, *, urls: bool) -> str:
    """The lines of a package of an index; without ``urls`` each file has its name and hash alone.

    So has a file that lies on this machine, whoever wants addresses: nobody else could use that one.
    """
    if urls and _LOCAL not in text and "@" not in text and "?" not in text and " path = " not in text:
        return text
    if not urls or _LOCAL in text:
        text = _INDEX.sub("", text)
    return _PATH.sub(_named, _FILE.sub(lambda match: _shared(match, urls=urls), text))


def _shared(match: re.Match[str], *, urls: bool) -> str:
    folder, name = match[1] or "", match[2]
    if urls and not folder.startswith(_LOCAL):
        return f'url = "{without_credentials(folder + name)}"'
    return f'path = "{_bare(name)}"'


def _named(match: re.Match[str]) -> str:
    """A wheel of a directory that serves as an index: its name does."""
    return f'path = "{match[1].rpartition("/")[2]}"'


def _bare(name: str) -> str:
    return unquote(name.partition("#")[0].partition("?")[0])


def moved_paths(text: str, source: Path, destination: Path) -> str:
    """The lines of a package of no index, with its paths relative to another directory."""

    def moved(match: re.Match[str]) -> str:
        absolute = os.path.normpath(source / match[1])
        return f'path = "{Path(os.path.relpath(absolute, destination)).as_posix()}"'

    return without_credentials(_PATH.sub(moved, text))
