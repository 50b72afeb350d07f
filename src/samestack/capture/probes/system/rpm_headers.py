"""The header of an installed RPM package, as every rpm database stores it: a bounded parser.

The format (rpm's "Header format"): two big-endian counts, of index entries and of data bytes; the entries, of
16 bytes each (tag, type, offset, count); the data.
"""

import struct
from typing import Final

from samestack.capture.probes.system.system_packages import SystemPackage

_PREAMBLE: Final = struct.Struct(">II")
_ENTRY: Final = struct.Struct(">IIII")
_MAX_ENTRIES: Final = 65_536
"""rpm's own limit."""

_NAME, _VERSION, _RELEASE, _EPOCH, _ARCHITECTURE = 1000, 1001, 1002, 1003, 1022
_TEXT_TAGS: Final = frozenset({_NAME, _VERSION, _RELEASE, _ARCHITECTURE})
_STRING, _INT32 = 6, 4
_MAX_TEXT: Final = 256


def read_rpm_header(data: bytes) -> SystemPackage:
    """The package that a header describes: its version is ``[epoch:]version-release``, as rpm writes it.

    ``ValueError`` when it is no header, or one without name, version or release.
    """
    if len(data) < _PREAMBLE.size:
        raise ValueError("a package header is cut off")
    entries, size = _PREAMBLE.unpack_from(data)
    store = _PREAMBLE.size + entries * _ENTRY.size
    if entries > _MAX_ENTRIES or store + size > len(data):
        raise ValueError("a package header claims more than it holds")
    texts, epoch = _values(data, store)
    if not texts.keys() >= {_NAME, _VERSION, _RELEASE}:
        raise ValueError("a package header has no name, version and release")
    prefix = f"{epoch}:" if epoch else ""
    version = f"{prefix}{texts[_VERSION]}-{texts[_RELEASE]}"
    return SystemPackage(texts[_NAME], version, texts.get(_ARCHITECTURE, ""))


def _values(data: bytes, store: int) -> tuple[dict[int, str], int]:
    texts: dict[int, str] = {}
    epoch = 0
    for tag, kind, offset, _ in _ENTRY.iter_unpack(data[_PREAMBLE.size : store]):
        if kind == _STRING and tag in _TEXT_TAGS:
            texts[tag] = _text(data, store + offset)
        elif kind == _INT32 and tag == _EPOCH and store + offset + 4 <= len(data):
            epoch = int.from_bytes(data[store + offset : store + offset + 4], "big")
    return texts, epoch


def _text(data: bytes, start: int) -> str:
    end = data.find(b"\0", start, start + _MAX_TEXT)
    if end < 0:
        raise ValueError("a package header holds a text without end")
    return data[start:end].decode("utf-8", "replace")
