"""What an image is built for: a platform, a series of Python, a C library."""

from collections.abc import Iterator, Sequence
from typing import Final

from msgspec import Struct
from packaging.tags import Tag, compatible_tags, cpython_tags

from samestack.errors import RequestError
from samestack.lock.decision import Lock
from samestack.model import Layer
from samestack.oci.platform import Platform

GLIBC: Final = (2, 28)
"""What is taken for granted where the base does not tell its glibc, as uv does."""

_MACHINES: Final = {"amd64": "x86_64", "arm64": "aarch64"}
_LEGACY: Final = {17: "manylinux2014", 12: "manylinux2010", 5: "manylinux1"}
_OLDEST: Final = {"x86_64": 5, "aarch64": 17}


class Target(Struct, frozen=True, kw_only=True):
    """Where the packages of an image are to run."""

    platform: Platform
    python: str
    """A series (``3.11``)."""
    glibc: tuple[int, int] = GLIBC

    @property
    def series(self) -> tuple[int, int]:
        """The series as numbers."""
        major, minor = self.python.split(".")
        return int(major), int(minor)


def python_series(lock: Lock) -> str:
    """The series of Python that a lock is for; :class:`RequestError` where it is for several."""
    said = lock.table.python or next(filter(None, _told(lock)), "")
    parts = said.split(".")
    if len(parts) < 2 or not all(part.isdecimal() for part in parts[:2]):
        hint = "set python in [tool.samestack] and lock again, or name one: --python 3.11"
        raise RequestError(f"{lock.path}: it does not say for which series of Python it is", hint=hint)
    return ".".join(parts[:2])


def wheel_tags(target: Target) -> Sequence[Tag]:
    """Every tag of a wheel that the target takes, the best first, in the order that installers have."""
    platforms = list(_platforms(_MACHINES.get(target.platform.architecture, ""), target.glibc))
    if not platforms:
        hint = "images are for linux/amd64 and linux/arm64"
        raise RequestError(f"no wheel is chosen for {target.platform}", hint=hint)
    interpreter = "cp{}{}".format(*target.series)
    return (
        *cpython_tags(target.series, platforms=platforms),
        *compatible_tags(target.series, interpreter, platforms),
    )


def _told(lock: Lock) -> Iterator[str]:
    for one in lock.snapshot.stack.layer(Layer.PYTHON):
        yield one.version or ""
        asked = one.requirement or ""
        if asked.startswith("==") and "," not in asked:
            yield asked.removeprefix("==").removesuffix(".*").strip()


def _platforms(machine: str, glibc: tuple[int, int]) -> Iterator[str]:
    if not machine:
        return
    for minor in range(glibc[1], _OLDEST[machine] - 1, -1):
        yield f"manylinux_2_{minor}_{machine}"
        if minor in _LEGACY:
            yield f"{_LEGACY[minor]}_{machine}"
    yield f"linux_{machine}"
