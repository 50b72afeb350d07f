"""What a capture asks for next, guessed: a guess that is wrong costs some bytes, and none an answer."""

from collections.abc import Iterable, Iterator
from typing import Final

from samestack.capture.ssh.packets import Named

MAX_AHEAD_BYTES: Final = 256 * 1024
"""The largest file that is read before it is asked for. Few METADATA are larger."""
_MAX_TOTAL: Final = 64 * 1024 * 1024
_METADATA: Final = frozenset(
    {"METADATA", "WHEEL", "INSTALLER", "direct_url.json", "PKG-INFO", "RECORD", "requires.txt"}
)
_ENDINGS: Final = (".dist-info", ".egg-info")


def is_listed_ahead(name: str) -> bool:
    """Whether a directory of this name is looked into by whoever finds it."""
    return name.endswith(_ENDINGS)


def files_ahead(directory: str, names: Iterable[Named]) -> Iterator[Named]:
    """Those files of a directory that are read by whoever looks into it."""
    left = _MAX_TOTAL
    for one in names:
        if not (one.attributes.is_file and one.attributes.size <= MAX_AHEAD_BYTES):
            continue
        left -= one.attributes.size
        if left >= 0 and _is_read(directory, one.name):
            yield one


def _is_read(directory: str, name: str) -> bool:
    if directory.endswith(_ENDINGS):
        return name in _METADATA
    if directory.endswith("/conda-meta"):
        return name.endswith(".json")
    return name.endswith((".pth", ".egg-link")) or name == "pyvenv.cfg"
