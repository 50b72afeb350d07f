"""Which GPUs the code in a package runs on, by the names that NVIDIA's compilers give architectures."""

from collections.abc import Iterable
from enum import IntEnum

from msgspec import Struct

from samestack.check.listed_texts import texts
from samestack.model import Component


class Coverage(IntEnum):
    """How a package's code runs on a GPU; the better, the higher."""

    NONE = 0
    """Not at all."""
    PTX = 1
    """The driver compiles it when it is first used, if the driver knows the PTX of that CUDA."""
    MACHINE_CODE = 2
    """As it is."""


class Architecture(Struct, frozen=True):
    """``sm_86`` or ``compute_90a``, taken apart."""

    is_ptx: bool
    capability: tuple[int, int]
    suffix: str
    """``a``: for this architecture alone. ``f``: for its family."""

    def runs_on(self, capability: tuple[int, int]) -> bool:
        """Machine code runs within its major version from its minor version on, PTX on every later GPU."""
        if self.suffix == "a":
            return capability == self.capability
        if self.is_ptx and not self.suffix:
            return capability >= self.capability
        return capability[0] == self.capability[0] and capability >= self.capability


def architectures(package: Component) -> tuple[str, ...]:
    """What a package's GPU code was compiled for; nothing where it has none, or binaries were not read."""
    return texts(package.facts, "gpu_architectures")


def coverage(names: Iterable[str], capability: tuple[int, int]) -> Coverage:
    """How code for these architectures runs on a GPU of a compute capability."""
    fitting = [one.is_ptx for name in names if (one := _read(name)) and one.runs_on(capability)]
    if not fitting:
        return Coverage.NONE
    return Coverage.PTX if all(fitting) else Coverage.MACHINE_CODE


def lowest(names: Iterable[str]) -> tuple[int, int] | None:
    """The oldest GPU that the code was compiled for."""
    return min((one.capability for name in names if (one := _read(name))), default=None)


def _read(name: str) -> Architecture | None:
    """``sm_100f`` as the capability 10.0 with its suffix; ``None`` for what is no such name."""
    kind, _, rest = name.partition("_")
    digits = rest.rstrip("af")
    if kind not in ("sm", "compute") or len(digits) < 2 or not digits.isdecimal():
        return None
    return Architecture(kind == "compute", (int(digits[:-1]), int(digits[-1])), rest[len(digits) :])
