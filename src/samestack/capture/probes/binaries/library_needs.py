"""Which libraries the compiled files of a distribution need from elsewhere, which file does, and how surely.

opencv-python's module names no libGL: its bundled libQt5Gui does. So a need is followed from the modules that
Python imports, through the libraries that the distribution holds, to those that it does not hold.
"""

import posixpath
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from msgspec import Struct

from samestack.capture.probes.binaries.binary import Binary
from samestack.capture.probes.text import shown_text
from samestack.model import Value

MAX_NEEDS: Final = 100
"""Of how many needed libraries it is said which file needs them. PyQt5's Qt needs some 60."""

GRAFTED: Final = re.compile(r"-[0-9a-f]{8}\.")
"""How auditwheel marks the libraries that it copies into a wheel."""

_MAX_TEXT = 400
_MAX_SEARCH_PATHS = 16
_MAX_STARTS = 1000  # each is followed on its own, which a hostile wheel must not make endless
_OF_GLIBC: Final = frozenset(
    {"libc.so.6", "libm.so.6", "libdl.so.2", "libpthread.so.0", "librt.so.1"}
    | {"ld-linux-x86-64.so.2", "ld-linux-aarch64.so.1"}
)
"""Needed by nearly every file; which one does is not worth a line."""


class _Reached(Struct, frozen=True):
    """A file that the loader opens, and the module or library that it began with."""

    file: Binary
    start: Binary


def library_needs(binaries: Sequence[Binary], site_directory: str) -> dict[str, Value]:
    """The facts about needs of other libraries, as far as there are any.

    ``needs``: libraries that must come from elsewhere. Of these, ``needs_sometimes`` are those that fewer
    than half of the modules lead to, and ``needs_of_plugins`` those that no module leads to: what needs them
    is loaded on occasion, or never. ``needed_by`` says of each which file needs it, and for which module that
    is loaded: ``libGL.so.1: cv2/cv2.abi3.so > opencv_python.libs/libQt5Gui-afbd4980.so.5.15.19``.
    ``search_path``: directories outside the distribution in which its files have the loader look.
    """
    own = _own(binaries)
    starts = _starts(binaries)
    reached = [_closure(start, own) for start in starts]
    counts: dict[str, int] = {}
    needing: dict[str, _Reached] = {}
    for files in reached:
        for name in {name for one in files for name in one.file.needed if name not in own}:
            counts[name] = counts.get(name, 0) + 1
    everything = (*(one for files in reached for one in files), *(_Reached(one, one) for one in binaries))
    for one in everything:
        for name in one.file.needed:
            if name not in own:
                needing.setdefault(name, one)
    return {
        "needs": _texts(needing),
        "needs_sometimes": _texts(name for name, count in counts.items() if 2 * count < len(starts)),
        "needs_of_plugins": _texts(needing.keys() - counts.keys() - _OF_GLIBC),
        "needed_by": _needed_by(needing, site_directory),
        "search_path": _search_path(binaries),
    }


def _own(binaries: Iterable[Binary]) -> dict[str, Binary]:
    """What the distribution holds, by the names that it can be needed by."""
    own: dict[str, Binary] = {}
    for binary in binaries:
        own.setdefault(binary.name, binary)
        if binary.soname:
            own.setdefault(binary.soname, binary)
    return own


def _starts(binaries: Sequence[Binary]) -> list[Binary]:
    """What a program loads first: modules, or else the only library that was built for the distribution.

    Such a library is loaded by ctypes or cffi (lightgbm, soundfile); what auditwheel grafted in beside it
    serves it. Of several any may be a plugin (cuFile) or one of many variants (bitsandbytes): none counts.
    """
    modules = [binary for binary in binaries if binary.is_module]
    built = {binary.soname or binary.name: binary for binary in binaries if not GRAFTED.search(binary.name)}
    return modules[:_MAX_STARTS] or (list(built.values()) if len(built) == 1 else [])


def _closure(start: Binary, own: Mapping[str, Binary]) -> list[_Reached]:
    """What the loader opens for a file, of the distribution's own, in its order."""
    seen = {id(start)}
    found = [start]
    for file in found:  # grows while it is gone through
        for name in file.needed:
            library = own.get(name)
            if library is not None and id(library) not in seen:
                seen.add(id(library))
                found.append(library)
    return [_Reached(file, start) for file in found]


def _needed_by(needing: Mapping[str, _Reached], site_directory: str) -> tuple[str, ...]:
    rows = [
        f"{shown_text(name)}: {_chain(one, site_directory)}"[:_MAX_TEXT]
        for name, one in sorted(needing.items())
        if name not in _OF_GLIBC
    ]
    return tuple(rows[:MAX_NEEDS])


def _chain(reached: _Reached, site_directory: str) -> str:
    paths = dict.fromkeys((reached.start.path, reached.file.path))
    return " > ".join(shown_text(posixpath.relpath(path, site_directory)) for path in paths)


def _search_path(binaries: Iterable[Binary]) -> tuple[str, ...]:
    """Absolute directories only: those relative to the file lead to the distribution or to its neighbours."""
    places = {path for binary in binaries for path in binary.search_path if path.startswith("/")}
    return _texts(places)[:_MAX_SEARCH_PATHS]


def _texts(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted({shown_text(name) for name in names}))
