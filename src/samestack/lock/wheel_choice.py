"""The lowest glibc on which one of a package's wheels can be used, by the names of the wheels."""

from collections.abc import Iterable
from functools import lru_cache
from itertools import product
from typing import Final

from samestack.check.wheel_support import Target, refused
from samestack.lock.platforms import platform_of

ANY_GLIBC: Final = (0, 0)
"""Of a wheel that does not depend on it."""

_LEGACY: Final = {"manylinux1": (2, 5), "manylinux2010": (2, 12), "manylinux2014": (2, 17)}
_NEWEST: Final = (2, 99)


def lowest_glibc(wheels: Iterable[str], platform: str, python: str) -> tuple[int, int] | None:
    """The least glibc that does for one of the wheels; ``None`` where none can be used on the platform.

    ``wheels`` are file names; ``platform`` is one of Linux.
    """
    triples = (name.removesuffix(".whl").split("-")[-3:] for name in wheels)
    found = (_needed("-".join(triple), platform, _series(python)) for triple in triples)
    return min((one for one in found if one is not None), default=None)


def _series(python: str) -> tuple[int, int]:
    major, minor = python.split(".")[:2]
    return int(major), int(minor)


@lru_cache(maxsize=4096)
def _needed(triple: str, platform: str, python: tuple[int, int]) -> tuple[int, int] | None:
    """What a wheel with these (compressed) tags needs; most packages have the same few."""
    parts = [part.split(".") for part in triple.split("-")]
    if len(parts) != 3:
        return None
    target = _target(platform, python)
    fitting = [tags for tags in product(*parts) if refused(("-".join(tags),), target) is None]
    return min((_glibc(tags[2]) for tags in fitting), default=None)


@lru_cache
def _target(platform: str, python: tuple[int, int]) -> Target:
    flags = "m" if python < (3, 8) else ""
    return Target(
        kind="cp",
        version=python,
        abis=(f"cp{python[0]}{python[1]}{flags}",),
        architectures=frozenset({platform_of(platform).machine}),
        c_library="glibc",
        c_library_version=_NEWEST,
    )


def _glibc(tag: str) -> tuple[int, int]:
    name, _, rest = tag.partition("_")
    if name in _LEGACY:
        return _LEGACY[name]
    if name != "manylinux":
        return ANY_GLIBC
    major, minor = rest.split("_")[:2]
    return int(major), int(minor)
