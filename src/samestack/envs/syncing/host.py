"""Whether this machine offers what a lock needs: the C library, the GPU driver, packages of the system."""

import os
from collections.abc import Iterator, Sequence
from typing import Final

from samestack.compare.versions import order_of
from samestack.model import Component, Layer
from samestack.project.manifest import HostNeeds

_DRIVER_HINT: Final = "install a newer NVIDIA driver on the host, or lock for the one that is there"
_C_LIBRARY_HINT: Final = "use a newer system or image, or lock older releases"


def unmet_needs(needs: HostNeeds) -> tuple[str, ...]:
    """What a lock needs and this host does not offer, in a sentence each; a missing driver is none of it."""
    return (*_c_library(needs.glibc), *_driver(needs))


def is_without_driver(needs: HostNeeds) -> bool:
    """Whether a lock is made for a GPU and this host has no driver: what it holds then runs on the CPU."""
    return bool(needs.driver or needs.cuda) and _nvidia_driver() is None


def missing_system_packages(wanted: Sequence[str]) -> tuple[str, ...]:
    """Those of the packages of the operating system that are not installed; none where dpkg is not used."""
    if not wanted:
        return ()
    from samestack.capture.memory import remembered  # most projects ask for none
    from samestack.capture.probes.system.debian_packages import read_debian_packages

    installed = {one.name for one in remembered(read_debian_packages, "dpkg").components}
    return tuple(name for name in wanted if name.partition(":")[0] not in installed) if installed else ()


def _c_library(needed: str) -> Iterator[str]:
    if not needed or _is_below(needed, _own_glibc()):
        return
    from samestack.capture.probes.system.c_library import read_c_library  # only to say what is wrong
    from samestack.capture.tree import MachineTree

    for library in read_c_library(MachineTree()).components:
        if library.name != "glibc":
            yield f"it needs glibc {needed}, and this system has {library.label}"
        elif _is_below(library.version, needed):
            yield f"it needs glibc {needed}, and this system has {library.version}"


def _own_glibc() -> str:
    """The version that this process runs on, as its own C library tells it; empty with another one."""
    try:
        said = os.confstr("CS_GNU_LIBC_VERSION") or ""
    except (ValueError, OSError):  # musl knows no such name
        return ""
    return said.removeprefix("glibc ")


def _driver(needs: HostNeeds) -> Iterator[str]:
    if not (needs.driver or needs.cuda):
        return
    driver = _nvidia_driver()
    if driver is None:
        return
    if needs.driver and _is_below(driver.version, needs.driver):
        yield f"it needs the NVIDIA driver {needs.driver}, and this host has {driver.version}"
    highest = str(driver.facts.get("highest_cuda", ""))
    if needs.cuda and highest and _is_below(highest, needs.cuda):
        yield f"it needs a driver for CUDA {needs.cuda}, and this host's is for {highest}"


def _nvidia_driver() -> Component | None:
    from samestack.capture.probes.host.nvidia import read_nvidia  # many locks need no driver
    from samestack.capture.tree import MachineTree

    found = read_nvidia(MachineTree(), os.environ).components
    return next((one for one in found if one.layer is Layer.DRIVER), None)


def _is_below(version: str | None, needed: str) -> bool:
    # What cannot be compared is not held against anybody.
    return order_of(version or "", needed) == -1
