"""The layers of an environment, from the metal up."""

from enum import StrEnum


class Layer(StrEnum):
    """The components of one depth; members stand in order, the deepest first."""

    HARDWARE = "hardware"
    DRIVER = "driver"
    KERNEL = "kernel"
    OS = "os"
    SYSTEM = "system"
    ACCELERATOR = "accelerator"
    PYTHON = "python"
    PACKAGES = "packages"
    MODELS = "models"
    CONFIGURATION = "configuration"

    @property
    def rank(self) -> int:
        """0 for the deepest."""
        return _RANKS[self]


_RANKS = {layer: rank for rank, layer in enumerate(Layer)}


HOST_LAYERS = (Layer.HARDWARE, Layer.DRIVER, Layer.KERNEL)
"""What belongs to the host: it cannot be made equal, it must satisfy what a stack needs."""

STACK_LAYERS = (Layer.OS, Layer.SYSTEM, Layer.ACCELERATOR, Layer.PYTHON, Layer.PACKAGES, Layer.MODELS)
"""What can be carried from one host to another, and has a digest."""

CONFIGURATION_LAYERS = (Layer.CONFIGURATION,)
"""What may differ between environments that are the same stack."""
