"""The GPUs of this machine, given to a container where there are any."""

import os

from samestack.capture.probes.host.nvidia import read_nvidia
from samestack.capture.tree import MachineTree
from samestack.model import Layer


def has_gpus() -> bool:
    """Whether the driver of this machine shows a GPU."""
    found = read_nvidia(MachineTree(), os.environ)
    return any(one.layer is Layer.HARDWARE for one in found.components)


def gpu_words(engine: str) -> tuple[str, ...]:
    """What gives a container all of them; podman knows them as devices (CDI), Docker by a word of its own."""
    return ("--device", "nvidia.com/gpu=all") if engine == "podman" else ("--gpus", "all")
