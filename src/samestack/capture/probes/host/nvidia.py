"""NVIDIA's driver and GPUs: whether there seem to be any, without loading what asks them."""

import os
from collections.abc import Mapping
from typing import Final

from samestack.capture.observation import Observation
from samestack.capture.tree import Tree

DRIVER_FILE: Final = "/proc/driver/nvidia/version"
"""Where the kernel module says which version it is."""

_DEVICE: Final = "/dev/nvidiactl"
_LIBRARY: Final = "libnvidia-ml.so.1"
_LINKER_CACHE: Final = "/etc/ld.so.cache"
_MAX_BYTES: Final = 16 * 1024 * 1024


def read_nvidia(tree: Tree, environment: Mapping[str, str]) -> Observation:
    """The driver (layer driver) and the GPUs (layer hardware) of this machine; nothing where there is none.

    NVML is loaded only where a driver seems to be there. Where it does not answer, the kernel module still
    names the driver, and a remark says what is missing.
    """
    if not _seems_there(tree, environment):
        return Observation()
    from samestack.capture.probes.host.nvidia_management import ask_management_library

    return ask_management_library(tree)


def _seems_there(tree: Tree, environment: Mapping[str, str]) -> bool:
    if tree.is_file(DRIVER_FILE) or os.path.exists(_DEVICE):
        return True
    directories = environment.get("LD_LIBRARY_PATH", "").split(":")
    if any(directory and tree.is_file(f"{directory}/{_LIBRARY}") for directory in directories):
        return True
    cache = tree.read(_LINKER_CACHE, limit=_MAX_BYTES) if tree.is_file(_LINKER_CACHE) else b""
    return _LIBRARY.encode() in cache
