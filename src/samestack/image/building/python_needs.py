"""What a copied Python needs of the image that it comes into: libraries, and a glibc that is new enough."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

from msgspec import Struct

from samestack.capture.elf import Elf, is_elf
from samestack.errors import InputError

_OF_GLIBC: Final = ("libc.so", "libm.so", "libdl.so", "libpthread.so", "librt.so", "libutil.so", "ld-linux")


class PythonNeeds(Struct, frozen=True, kw_only=True):
    """What has to be in the base."""

    libraries: tuple[str, ...] = ()
    """Beside glibc's own: most are needed by one module of the standard library each."""
    glibc: tuple[int, int] = (0, 0)


def python_needs(files: Iterable[Path]) -> PythonNeeds:
    """The needs of an executable and its modules, as their headers say them."""
    paths = tuple(files)
    brought = {path.name for path in paths}
    libraries: set[str] = set()
    glibc = (0, 0)
    for path in paths:
        needed, version = _needs_of(path)
        libraries.update(needed)
        glibc = max(glibc, version)
    others = (one for one in libraries - brought if not one.startswith(_OF_GLIBC))
    return PythonNeeds(libraries=tuple(sorted(others)), glibc=glibc)


def _needs_of(path: Path) -> tuple[tuple[str, ...], tuple[int, int]]:
    try:
        with path.open("rb") as file:
            if not is_elf(file):
                return (), (0, 0)
            dynamic = Elf(file, str(path)).dynamic
    except InputError:  # what cannot be read is not told; Python will say so itself
        return (), (0, 0)
    versions = [version for names in dynamic.version_needs.values() for version in _glibcs(names)]
    return dynamic.needed, max(versions, default=(0, 0))


def _glibcs(names: Iterable[str]) -> Iterator[tuple[int, int]]:
    for name in names:
        major, _, rest = name.removeprefix("GLIBC_").partition(".")
        minor = rest.partition(".")[0]
        if name.startswith("GLIBC_") and major.isdecimal() and minor.isdecimal():
            yield int(major), int(minor)
