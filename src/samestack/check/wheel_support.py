"""Whether a Python on a system can use a wheel, by the wheel's tags: of any Python and system.

The rules are those of PyPA's "Platform compatibility tags", of PEP 600 (manylinux) and PEP 656 (musllinux).
The library ``packaging`` answers for the interpreter that runs it, and not which part of a tag refuses.
"""

from collections.abc import Iterable, Iterator
from enum import StrEnum
from typing import Final

from msgspec import Struct

_YEARS: Final = {"manylinux1": (2, 5), "manylinux2010": (2, 12), "manylinux2014": (2, 17)}
_KINDS: Final = {"cp": "CPython", "pp": "PyPy"}
_OTHER_SYSTEMS: Final = {"macosx": "macOS", "win": "Windows", "android": "Android", "ios": "iOS"}
_STABLE: Final = ("abi3", "abi3t")
_MOST_DIGITS: Final = 4


class Part(StrEnum):
    """What of a target refuses a wheel, in the order in which it matters."""

    SYSTEM = "operating system"
    ARCHITECTURE = "architecture"
    PYTHON = "Python"
    ABI = "binary interface of Python"
    C_LIBRARY = "C library"


class Target(Struct, frozen=True, kw_only=True):
    """A Python on a system; what is not known of it refuses nothing."""

    kind: str = ""
    """``cp`` or ``pp``."""
    version: tuple[int, int] | None = None
    abis: tuple[str, ...] = ()
    """Those of its own version: ``cp311``; of a debug build ``cp311d`` and ``cp311``; ``pypy310_pp73``."""
    architectures: frozenset[str] = frozenset()
    c_library: str = ""
    """``glibc`` or ``musl``."""
    c_library_version: tuple[int, int] | None = None

    @property
    def is_free_threaded(self) -> bool:
        """Whether it is a build without the global lock, which needs modules of its own."""
        return any("t" in abi.partition("cp")[2] for abi in self.abis)

    @property
    def python(self) -> str:
        """``CPython 3.11``."""
        number = ".".join(map(str, self.version or ()))
        threads = " without the global lock" if self.is_free_threaded else ""
        return f"{_KINDS.get(self.kind, 'Python')} {number}{threads}".rstrip()

    @property
    def system(self) -> str:
        """``glibc 2.36``."""
        number = ".".join(map(str, self.c_library_version or ()))
        return f"{self.c_library} {number}".rstrip()


class Refusal(Struct, frozen=True, kw_only=True):
    """Why a target cannot use a wheel of one tag."""

    part: Part
    built_for: str
    """``glibc 2.28 or later``."""
    instead: str
    """What is there: ``the system has glibc 2.17``."""
    is_certain: bool = True
    """False where the target may suffice, but is not known well enough."""


class Refused(Struct, frozen=True):
    """The tag that comes nearest to the target, and why not even that one fits."""

    tag: str
    refusals: tuple[Refusal, ...]

    @property
    def is_certain(self) -> bool:
        """Whether the target is known well enough to say so."""
        return any(one.is_certain for one in self.refusals)


def refused(tags: Iterable[str], target: Target) -> Refused | None:
    """``None`` where the target can use a wheel with these tags, or where there are none."""
    answers = [Refused(tag, tuple(_refusals(tag, target))) for tag in tags if tag.count("-") == 2]
    if not answers or not all(one.refusals for one in answers):
        return None
    return min(
        answers, key=lambda one: (sum(refusal.is_certain for refusal in one.refusals), len(one.refusals))
    )


def _refusals(tag: str, target: Target) -> Iterator[Refusal]:
    python, abi, platform = tag.split("-")
    yield from _of_platform(platform, target)
    yield from _of_python(python, abi, target)


def _of_python(python: str, abi: str, target: Target) -> Iterator[Refusal]:
    kind, number = python[:2], python[2:]
    if target.version is None or not target.kind or not _is_number(number):
        return
    there = f"this is {target.python}"
    version = (int(number[0]), int(number[1:] or 0))
    shown = f"{version[0]}.{version[1]}" if number[1:] else number
    if kind not in {"py", target.kind}:
        built_for = _KINDS.get(kind, f"another Python ({python})")
        yield Refusal(part=Part.PYTHON, built_for=f"{built_for} {shown}", instead=there)
    elif not _is_of_version(kind, abi, version, target.version, is_series=bool(number[1:])):
        later = " or later" if abi in _STABLE or kind == "py" else ""
        built_for = f"{_KINDS.get(kind, 'Python')} {shown}{later}"
        yield Refusal(part=Part.PYTHON, built_for=built_for, instead=there)
    elif not _is_of_abi(abi, target):
        yield Refusal(part=Part.ABI, built_for=f"the binary interface {abi} of {shown}", instead=there)


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) <= _MOST_DIGITS


def _is_of_version(
    kind: str, abi: str, version: tuple[int, int], own: tuple[int, int], *, is_series: bool
) -> bool:
    if version[0] != own[0]:
        return False
    if kind == "py" or abi in _STABLE or not is_series:
        return version <= own
    return version == own


def _is_of_abi(abi: str, target: Target) -> bool:
    if abi in _STABLE:
        return target.kind == "cp" and target.is_free_threaded == (abi == "abi3t")
    return abi == "none" or abi in target.abis


def _of_platform(platform: str, target: Target) -> Iterator[Refusal]:
    if platform == "any":
        return
    kind, _, architecture = platform.partition("_")
    if kind in {"manylinux", "musllinux"}:
        major, _, architecture = architecture.partition("_")
        minor, _, architecture = architecture.partition("_")
        version = (int(major), int(minor)) if _is_number(major) and _is_number(minor) else None
    else:
        version = _YEARS.get(kind)
    library = "musl" if kind == "musllinux" else "glibc" if version else ""
    if kind != "linux" and version is None:
        system = next(
            (name for start, name in _OTHER_SYSTEMS.items() if platform.startswith(start)), platform
        )
        yield Refusal(part=Part.SYSTEM, built_for=system, instead="this is Linux")
        return
    if target.architectures and architecture not in target.architectures:
        there = f"this is {' or '.join(sorted(target.architectures))}"
        yield Refusal(part=Part.ARCHITECTURE, built_for=architecture, instead=there)
    if version is not None:
        yield from _of_c_library(library, version, target)


def _of_c_library(library: str, version: tuple[int, int], target: Target) -> Iterator[Refusal]:
    built_for = f"{library} {version[0]}.{version[1]} or later"
    own = target.c_library_version
    is_known = bool(target.c_library) and (target.c_library != library or own is not None)
    is_fit = target.c_library == library and own is not None and own[0] == version[0] and own >= version
    if not is_fit:
        there = (
            f"the system has {target.system}" if is_known else f"which {library} the system has is not known"
        )
        yield Refusal(part=Part.C_LIBRARY, built_for=built_for, instead=there, is_certain=is_known)
