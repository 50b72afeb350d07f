"""What CPython's own binary says of itself: its full version, and the compiler that made it.

Both are constants in the section of read-only data, of some 0.5 to 2 MB; the rest of the file stays unread.
"""

import re
from typing import Final

from msgspec import Struct

from samestack.capture.elf import Elf
from samestack.capture.tree import Tree
from samestack.errors import InputError

_SECTION: Final = ".rodata"
_MAX_SECTION_BYTES: Final = 32 * 1024 * 1024
_COMPILER = re.compile(rb"\[((?:GCC|Clang) [\x20-\x5c\x5e-\x7e]{1,80})\]\0")


class InterpreterBinary(Struct, frozen=True, kw_only=True):
    """``3.11.7`` and ``GCC 12.2.0``; empty for what was not found."""

    version: str = ""
    compiler: str = ""


def read_interpreter_binary(tree: Tree, path: str, series: str) -> InterpreterBinary:
    """What an executable or library holds of a Python of the series ``3.11``; nothing if unreadable."""
    try:
        with tree.open(path) as file:
            elf = Elf(file, tree.shown(path))
            section = elf.section(_SECTION)
            data = elf.beginning(section, limit=_MAX_SECTION_BYTES) if section else b""
    except (OSError, InputError):
        return InterpreterBinary()
    return interpreter_constants(data, series)


def interpreter_constants(data: bytes, series: str) -> InterpreterBinary:
    """The two constants in read-only data. A version that is not the only one of its series is none."""
    compiler = _COMPILER.search(data)
    pattern = re.escape(series.encode()) + rb"\.\d{1,3}(?:(?:a|b|rc)\d{1,3})?\+?\0"
    found = (one for one in re.finditer(pattern, data) if data[one.start() - 1] not in b"0123456789.")
    versions = {one[0][:-1].decode() for one in found}
    return InterpreterBinary(
        version=versions.pop() if len(versions) == 1 else "",
        compiler=compiler[1].decode().strip() if compiler else "",
    )
