"""What a host must offer for the wheels of a lock: the C library by their tags, the driver by their CUDA."""

from collections.abc import Iterable, Iterator
from typing import Final

from msgspec import Struct

from samestack.lock.wheel_choice import lowest_glibc
from samestack.project.manifest import HostNeeds

_ACCELERATED: Final = ("cu", "jax", "nvidia-", "tensorflow", "torch")
"""How the names or local versions begin that can tell of a CUDA: others are not asked."""
_TENSORFLOW: Final = ("tensorflow", "tensorflow-gpu")


class LockedRelease(Struct, frozen=True, kw_only=True):
    """A release that applies on a platform, with the names of its wheels."""

    name: str
    version: str
    wheels: tuple[str, ...] = ()


def host_needs(releases: Iterable[LockedRelease], platform: str, python: str) -> HostNeeds:
    """The least that a host of the platform must offer, as far as names and tags tell.

    A driver is needed only by who wants to use a GPU: frameworks start without one.
    """
    if not platform.startswith("linux"):
        return HostNeeds()
    all_releases = tuple(releases)
    glibcs = (lowest_glibc(one.wheels, platform, python) for one in all_releases)
    highest = max((one for one in glibcs if one is not None and any(one)), default=None)
    glibc = ".".join(map(str, highest)) if highest else ""
    return joined_needs((HostNeeds(glibc=glibc), *_of_cudas(all_releases)))


def joined_needs(parts: Iterable[HostNeeds]) -> HostNeeds:
    """What satisfies all of them: of each version the highest."""
    said = tuple(parts)
    return HostNeeds(
        driver=_highest(one.driver for one in said),
        cuda=_highest(one.cuda for one in said),
        glibc=_highest(one.glibc for one in said),
    )


def _highest(versions: Iterable[str]) -> str:
    return max((one for one in versions if one), key=_numbers, default="")


def _numbers(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in version.split(".") if part.isdecimal())


def _of_cudas(releases: Iterable[LockedRelease]) -> Iterator[HostNeeds]:
    asked = [one for one in releases if one.name.startswith(_ACCELERATED) or "+cu" in one.version]
    if not asked:
        return
    from samestack.knowledge.accelerators import lowest_drivers  # most locks know no CUDA

    for cuda in {cuda for one in asked for cuda in _cudas_of(one)}:
        row = lowest_drivers().of(cuda)
        if row is not None:
            # From CUDA 11 on, a driver for any release of a major version runs them all.
            yield HostNeeds(driver=row.driver, cuda=row.cuda)


def _cudas_of(release: LockedRelease) -> Iterator[str]:
    from samestack.capture.probes.binaries.wheel_accelerators import named_accelerators
    from samestack.knowledge.accelerators import tensorflow_cuda

    named = named_accelerators(release.name, release.version).get("cuda")
    if named:
        yield named
    elif release.name in _TENSORFLOW:
        row = tensorflow_cuda().of(".".join(release.version.split(".")[:2]))
        if row is not None:
            yield row[0]
