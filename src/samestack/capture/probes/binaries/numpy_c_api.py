"""Which numpy C-API a module was compiled against, read from the messages that numpy's headers leave in it.

numpy's header ``__multiarray_api.h`` compiles a check of the running numpy into every module that calls
``import_array``; the check's messages differ between numpy 1 and 2 and stay in stripped files. pybind11 does
without these headers, and since 2.12 asks which numpy runs.
"""

import re
from collections import Counter
from collections.abc import Iterable
from enum import StrEnum

from msgspec import Struct

from samestack.capture.elf import Elf
from samestack.model import Value


class NumpyAbi(StrEnum):
    """What numpy a module can be loaded with; members stand in order, the strictest first."""

    ONE = "1.x"
    """Compiled with the headers of numpy 1: fails with numpy 2 and later."""
    TWO = "2.x"
    """Compiled with the headers of numpy 2: loads with numpy 1 too, from a lowest version on."""
    BOTH = "both"
    """Asks at run time: loads with numpy 1 and 2."""
    UNKNOWN = "unknown"
    """Uses numpy, but not by these headers: modules written in Rust do, and so do older ones of pybind11."""


class NumpyUse(Struct, frozen=True):
    """How one module uses numpy's C-API."""

    abi: NumpyAbi
    lowest: str | None = None
    """The lowest numpy that it loads with, where it says so."""


_CAPSULE = b"PyCapsule_GetPointer"
_API, _ABI_MESSAGE, _NEW_NAME = b"_ARRAY_API", b"module compiled against ABI version", b"numpy._core"
_OLD_NAME, _VERSION_QUESTION = b"numpy.core", b"NumpyVersion"
_TRACES = (_API, _ABI_MESSAGE, _NEW_NAME, _OLD_NAME, _VERSION_QUESTION)
_LOWEST = re.compile(rb"module was compiled against NumPy C-API version 0x%x \(NumPy (\d{1,3})\.(\d{1,3})")
_OVERLAP = 128  # longer than any trace, so that none is cut in two


def numpy_use(elf: Elf) -> NumpyUse | None:
    """How a module uses numpy's C-API; None when it does not."""
    section = elf.section(".rodata") if elf.dynamic.mentions(_CAPSULE) else None
    if section is None:
        return None
    traces: set[bytes] = set()
    lowest: re.Match[bytes] | None = None
    for block in elf.blocks(section, overlap=_OVERLAP):
        traces.update(trace for trace in _TRACES if trace in block)
        lowest = lowest or _LOWEST.search(block)
    if _API in traces and _ABI_MESSAGE in traces and _NEW_NAME not in traces:
        return NumpyUse(NumpyAbi.ONE)
    if lowest is not None:
        return NumpyUse(NumpyAbi.TWO, f"{int(lowest[1])}.{int(lowest[2])}")
    if _VERSION_QUESTION in traces:
        return NumpyUse(NumpyAbi.BOTH)
    is_used = _API in traces and not traces.isdisjoint({_OLD_NAME, _NEW_NAME})
    return NumpyUse(NumpyAbi.UNKNOWN) if is_used else None


def numpy_facts(uses: Iterable[NumpyUse]) -> dict[str, Value]:
    """What holds for a distribution with these modules: ``numpy_abi`` is the strictest of theirs.

    ``numpy_lowest`` is the least of the lowest versions: a wheel is built against one numpy, and a module of
    it that asks for a later one is loaded beside that one alone (``h5py._npystrings``). ``numpy_modules``
    says how many modules there are of each kind: ``("1.x: 30", "unknown: 2")``.
    """
    gathered = tuple(uses)
    counts = Counter(use.abi for use in gathered)
    present = [abi for abi in NumpyAbi if counts[abi]]
    if not present:
        return {}
    facts: dict[str, Value] = {
        "numpy_abi": str(present[0]),
        "numpy_modules": tuple(f"{abi}: {counts[abi]}" for abi in present),
    }
    lowest = min((use.lowest for use in gathered if use.lowest), key=_numbers, default=None)
    return facts if lowest is None else facts | {"numpy_lowest": lowest}


def _numbers(version: str) -> tuple[int, ...]:
    return tuple(map(int, version.split(".")))
