"""What a root file system carries below any Python: distribution, C library, OS packages, system CUDA."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Final

from samestack.capture.observation import Observation
from samestack.capture.probes.system.alpine_packages import read_alpine_packages
from samestack.capture.probes.system.c_library import read_c_library
from samestack.capture.probes.system.debian_packages import read_debian_packages
from samestack.capture.probes.system.operating_system import read_operating_system
from samestack.capture.probes.system.rpm_packages import read_rpm_packages
from samestack.capture.probes.system.system_accelerators import read_system_accelerators
from samestack.capture.readers.environments.attempt import attempted
from samestack.capture.tree import Tree
from samestack.model import Layer

_Probe = Callable[[Tree], Observation]
_PROBES: Final[tuple[tuple[Layer, str, _Probe], ...]] = (
    (Layer.OS, "os-release", read_operating_system),
    (Layer.OS, "C library", read_c_library),
    (Layer.SYSTEM, "dpkg", read_debian_packages),
    (Layer.SYSTEM, "rpm", read_rpm_packages),
    (Layer.SYSTEM, "apk", read_alpine_packages),
    (Layer.ACCELERATOR, "cuda", read_system_accelerators),
)


def read_system(tree: Tree, *, deep: bool = False, library_path: Sequence[str] = ()) -> Observation:
    """The layers os, system and accelerator. Never an error: what cannot be read is a remark.

    ``deep`` also tells which libraries programs can load; ``library_path`` is what ``LD_LIBRARY_PATH`` names.
    """
    closer: dict[_Probe, _Probe] = (
        {read_c_library: partial(_loader, library_path=library_path)} if deep else {}
    )
    return Observation.joined(
        attempted(layer, subject, partial(closer.get(probe, probe), tree))
        for layer, subject, probe in _PROBES
    )


def _loader(tree: Tree, *, library_path: Sequence[str]) -> Observation:
    from samestack.capture.probes.system.loader import read_loader  # a plain capture opens no library

    return read_loader(tree, library_path)
