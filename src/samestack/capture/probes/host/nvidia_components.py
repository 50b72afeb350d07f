"""NVIDIA's driver and GPUs as components, whoever told of them."""

import re
from typing import Final

from samestack.capture.probes.host.nvidia import DRIVER_FILE
from samestack.capture.probes.text import shown_text
from samestack.capture.tree import Tree
from samestack.model import Component, Ecosystem, Layer, Value

_MODULE_VERSION: Final = r"Kernel Module(?: for \w+)?\s+(\d[\d.]{0,30})"


def driver_of(version: str, highest_cuda: str | None) -> Component:
    """The driver, and the highest CUDA that it runs: ``12.2``."""
    return Component(
        layer=Layer.DRIVER,
        ecosystem=Ecosystem.GENERIC,
        name="nvidia-driver",
        version=shown_text(version),
        facts={} if highest_cuda is None else {"highest_cuda": highest_cuda},
    )


def gpu_of(
    index: str,
    name: str | None,
    *,
    capability: str | None,
    memory_mib: int | None,
    mig_enabled: bool | None,
) -> Component:
    """A GPU by its place among all: its name, ``8.0``, its memory, and whether it is divided."""
    told: dict[str, Value | None] = {
        "vendor": "nvidia",
        "compute_capability": capability,
        "memory_mib": memory_mib,
        "mig_enabled": mig_enabled,
    }
    return Component(
        layer=Layer.HARDWARE,
        ecosystem=Ecosystem.GENERIC,
        name="gpu",
        at=index,
        version=None if name is None else shown_text(name),
        facts={key: value for key, value in told.items() if value is not None},
    )


def module_version(tree: Tree) -> str | None:
    """The driver's version as the kernel module tells it; ``None`` where none is loaded."""
    text = tree.read(DRIVER_FILE).decode("utf-8", "replace") if tree.is_file(DRIVER_FILE) else ""
    found = re.search(_MODULE_VERSION, text)
    return found[1] if found else None
