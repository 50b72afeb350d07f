"""What every environment on this machine shares: its system, its host, and what this process hands on."""

import os

from samestack.capture.memory import remembered
from samestack.capture.observation import Observation
from samestack.capture.probes.host.cpu import read_cpu
from samestack.capture.probes.host.kernel import read_kernel
from samestack.capture.probes.host.nvidia import read_nvidia
from samestack.capture.probes.host.variables import read_variables
from samestack.capture.probes.models.model_cache import cache_directory, read_model_cache
from samestack.capture.readers.environments.attempt import attempted
from samestack.capture.tree import MachineTree
from samestack.model import Layer


def surroundings(*, deep: bool = False) -> Observation:
    """The machine around an environment: system, host, configuration, and the user's cache of models."""
    library_path = os.environ.get("LD_LIBRARY_PATH", "") if deep else ""

    def read(tree: MachineTree) -> Observation:
        # Imported only when the system has changed: its parsers cost more to load than what they found.
        from samestack.capture.readers.environments.system import read_system

        return read_system(tree, deep=deep, library_path=library_path.split(":"))

    system = remembered(read, "system", f"deep={deep}", library_path)
    return Observation.joined((system, host_surroundings(), own_surroundings()))


def host_surroundings() -> Observation:
    """Kernel, processor, NVIDIA's driver and GPUs of the machine that this process runs on."""
    tree = MachineTree()
    return Observation.joined(
        (
            attempted(Layer.KERNEL, "kernel", read_kernel),
            attempted(Layer.HARDWARE, "cpu", lambda: read_cpu(tree, os.uname().machine)),
            attempted(Layer.DRIVER, "nvidia-driver", lambda: read_nvidia(tree, os.environ)),
        )
    )


def own_surroundings() -> Observation:
    """What this process would hand on to a program that it starts: variables, and the cache of models."""
    directory = cache_directory(os.environ)
    return Observation.joined(
        (
            attempted(Layer.CONFIGURATION, "variables", lambda: read_variables(os.environ)),
            attempted(Layer.MODELS, "model cache", lambda: read_model_cache(MachineTree(), directory)),
        )
    )
