"""Where a Python's full version is written down outside its binary: its headers, and dpkg's database."""

import re
from typing import Final

from msgspec import Struct

from samestack.capture.probes.optional_file import read_optional
from samestack.capture.tree import Tree

_HEADERS: Final = ("include/{name}/patchlevel.h", "include/{name}m/patchlevel.h")
_DPKG_STATUS: Final = "/var/lib/dpkg/status"
_MAX_HEADER_BYTES: Final = 64 * 1024
_MAX_STATUS_BYTES: Final = 64 * 1024 * 1024
_DEFINITION = re.compile(
    rb'^#[ \t]*define[ \t]+(PY_VERSION|PYPY_VERSION)[ \t]+"([\w.+]{1,32})"', re.MULTILINE
)


class StatedVersion(Struct, frozen=True):
    """The version of the language and, for PyPy, of the implementation; empty for what is not stated."""

    version: str = ""
    implementation_version: str = ""


def read_stated_version(tree: Tree, prefix: str, library_name: str) -> StatedVersion:
    """What the interpreter's own headers define, or else what dpkg says of the system's interpreter."""
    for pattern in _HEADERS:
        path = f"{prefix.rstrip('/')}/{pattern.format(name=library_name)}"
        stated = header_version(read_optional(tree, path, limit=_MAX_HEADER_BYTES).content or b"")
        if stated.version:
            return stated
    if prefix != "/usr":
        return StatedVersion()
    status = read_optional(tree, _DPKG_STATUS, limit=_MAX_STATUS_BYTES).content or b""
    return StatedVersion(dpkg_version(status, f"{library_name}-minimal"))


def header_version(header: bytes) -> StatedVersion:
    """The version in the text of ``patchlevel.h``."""
    defined = {
        name.decode(): version.decode("ascii", "replace") for name, version in _DEFINITION.findall(header)
    }
    return StatedVersion(defined.get("PY_VERSION", ""), defined.get("PYPY_VERSION", ""))


def dpkg_version(status: bytes, package: str) -> str:
    """The upstream part of a package's version (``3.11.2`` of ``3.11.2-6+deb12u6``) in dpkg's status file."""
    _, found, after = (b"\n" + status).partition(f"\nPackage: {package}\n".encode())
    stanza = (b"\n" + after).partition(b"\n\n")[0]
    version = re.search(rb"^Version: (?:\d+:)?([\w.]+)", stanza, re.MULTILINE) if found else None
    return version[1].decode("ascii", "replace") if version else ""
