"""``_sysconfigdata_*.py``: how a CPython was built. It is searched as text, and never run."""

import re
from typing import Final

from msgspec import Struct

from samestack.capture.probes.optional_file import read_optional
from samestack.capture.tree import Tree

_MAX_BYTES: Final = 2 * 1024 * 1024
_MAX_VALUE_BYTES: Final = 128
_NAME = re.compile(r"_sysconfigdata_.*\.py")
_VALUE = re.compile(rb"'?([\w.+-]+)'?,?[ \t\r]*\n")


class BuildSettings(Struct, frozen=True, kw_only=True):
    """The few settings that say which extension modules fit."""

    soabi: str = ""
    """``cpython-311-x86_64-linux-gnu``."""
    platform: str = ""
    """``x86_64-linux-gnu``."""
    library: str = ""
    """The file name of the interpreter's shared library, which the executable may be linked to."""
    pointer_bits: int = 0
    is_debug: bool = False
    is_free_threaded: bool = False


def read_build_settings(tree: Tree, standard_library: str) -> BuildSettings:
    """The settings in a directory such as ``/usr/lib/python3.11``; nothing where it has none."""
    paths = [one.path for one in tree.entries(standard_library) if _NAME.fullmatch(one.name)]
    # Debian keeps the settings of its debug build beside the usual ones.
    for path in sorted(paths, key=lambda path: ("_sysconfigdata_d" in path, path)):
        file = read_optional(tree, path, limit=_MAX_BYTES)
        if file.content:
            return build_settings(file.content)
    return BuildSettings()


def build_settings(content: bytes) -> BuildSettings:
    """The settings in the text of such a module."""
    library = _value(content, b"INSTSONAME")
    return BuildSettings(
        soabi=_value(content, b"SOABI"),
        platform=_value(content, b"MULTIARCH"),
        library=library if ".so" in library else "",
        pointer_bits={"4": 32, "8": 64}.get(_value(content, b"SIZEOF_VOID_P"), 0),
        is_debug=_value(content, b"Py_DEBUG") == "1",
        is_free_threaded=_value(content, b"Py_GIL_DISABLED") == "1",
    )


def _value(content: bytes, key: bytes) -> str:
    """The value of a key as pprint writes it: one a line, and short values on the line of their key."""
    mark = b" '" + key + b"': "
    start = content.find(mark)
    if start < 0:
        return ""
    value = _VALUE.match(content, start + len(mark), start + len(mark) + _MAX_VALUE_BYTES)
    return value[1].decode("ascii", "replace") if value else ""
