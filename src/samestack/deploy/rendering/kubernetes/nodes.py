"""The nodes that pods may run on: the image's processor, and a driver that is new enough.

The C library of a node does not matter: the image has its own.
"""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from samestack.deploy.deployment import Deployment

GPU: Final = "nvidia.com/gpu"
_DRIVER: Final = (
    "nvidia.com/cuda.driver.major",
    "nvidia.com/cuda.driver.minor",
    "nvidia.com/cuda.driver.rev",
)
"""The labels by which NVIDIA's GPU Feature Discovery tells a node's driver."""


def placement(deployment: Deployment) -> dict[str, Any]:
    """What of a pod says where it runs."""
    platform = deployment.platform
    said: dict[str, Any] = {
        "nodeSelector": {"kubernetes.io/arch": platform.architecture, "kubernetes.io/os": platform.os}
    }
    if not deployment.gpus:
        return said
    # Nodes with GPUs are mostly kept free of pods that do not ask for any.
    said["tolerations"] = [{"key": GPU, "operator": "Exists", "effect": "NoSchedule"}]
    terms = list(_terms(deployment.driver))
    if terms:
        required = {"nodeSelectorTerms": terms}
        said["affinity"] = {"nodeAffinity": {"requiredDuringSchedulingIgnoredDuringExecution": required}}
    return said


def _terms(driver: str) -> Iterator[dict[str, Any]]:
    """``450.80.02`` or newer, as alternatives: a newer major, or this one and a newer minor, and so on."""
    numbers = [int(part) for part in driver.split(".")[: len(_DRIVER)] if part.isdecimal()]
    while numbers and not numbers[-1]:
        numbers.pop()  # nothing is below 0
    for index, number in enumerate(numbers):
        same = [
            one for key, equal in zip(_DRIVER, numbers[:index], strict=False) for one in _equal(key, equal)
        ]
        lowest = number - 1 if index == len(numbers) - 1 else number
        yield {"matchExpressions": [*same, _compared(_DRIVER[index], "Gt", lowest)]}


def _equal(key: str, number: int) -> Iterator[Mapping[str, Any]]:
    """As numbers: the label of minor 6 is ``06``."""
    yield _compared(key, "Gt", number - 1)
    yield _compared(key, "Lt", number + 1)


def _compared(key: str, operator: str, number: int) -> Mapping[str, Any]:
    return {"key": key, "operator": operator, "values": [str(number)]}
