"""A node is chosen exactly if its driver is new enough: the scheduler's rules, played through."""

from collections.abc import Mapping
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from samestack.deploy.rendering.kubernetes.nodes import placement
from samestack.oci.platform import Platform
from tests.deploy.deployments import deployed

LABELS = ("nvidia.com/cuda.driver.major", "nvidia.com/cuda.driver.minor", "nvidia.com/cuda.driver.rev")
NUMBERS = st.integers(0, 4)
HAS = st.tuples(NUMBERS, NUMBERS, NUMBERS)
NEEDS = st.tuples(NUMBERS, NUMBERS, NUMBERS) | st.tuples(NUMBERS, NUMBERS) | st.tuples(st.integers(1, 4))


def is_chosen(said: Mapping[str, Any], labels: Mapping[str, str]) -> bool:
    """As Kubernetes has it: one term is enough, and of a term all expressions must hold, on integers."""
    if "affinity" not in said:
        return True
    required = said["affinity"]["nodeAffinity"]["requiredDuringSchedulingIgnoredDuringExecution"]
    return any(
        all(holds(one, labels) for one in term["matchExpressions"]) for term in required["nodeSelectorTerms"]
    )


def holds(expression: Mapping[str, Any], labels: Mapping[str, str]) -> bool:
    (value,) = expression["values"]
    label = labels[expression["key"]]
    if not label.isdecimal():
        return False
    is_greater, is_less = int(label) > int(value), int(label) < int(value)
    return is_greater if expression["operator"] == "Gt" else is_less


@given(has=HAS, needs=NEEDS)
def test_a_driver_is_compared_number_by_number(has: tuple[int, ...], needs: tuple[int, ...]) -> None:
    said = placement(deployed(gpus=1, driver=".".join(map(str, needs))))
    labels = dict(zip(LABELS, (f"{number:02}" for number in has), strict=True))
    padded = (*needs, 0, 0)[:3]
    assert is_chosen(said, labels) is (has >= padded)


def test_a_driver_without_a_third_number_is_older_than_one_with_it() -> None:
    labels = dict(zip(LABELS, ("455", "06", ""), strict=True))
    assert is_chosen(placement(deployed(gpus=1, driver="450.80.02")), labels)
    assert not is_chosen(placement(deployed(gpus=1, driver="455.06.1")), labels)


def test_who_uses_no_gpu_needs_no_driver() -> None:
    arm = Platform(os="linux", architecture="arm64")
    assert placement(deployed(driver="450.80.02", platform=arm)) == {
        "nodeSelector": {"kubernetes.io/arch": "arm64", "kubernetes.io/os": "linux"}
    }
