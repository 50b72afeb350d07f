"""Processor, GPU, driver and kernel."""

import pytest

from samestack.model import Component, Layer, Value
from samestack.model.risk import Risk
from tests.compare.risk.changes import component, risk_of, told, with_facts

V3 = ("avx", "avx2", "fma")
V4 = (*V3, "avx512f")


def cpu(model: str = "Xeon", **facts: Value) -> Component:
    return with_facts(Layer.HARDWARE, "cpu", model, **facts)


def driver(version: str, highest: str) -> Component:
    return with_facts(Layer.DRIVER, "nvidia-driver", version, highest_cuda=highest)


def test_other_instruction_sets_change_results_and_are_named() -> None:
    before, after = cpu(instruction_sets=V3), cpu(instruction_sets=V4)
    assert risk_of(before, after) is Risk.RESULTS
    assert "now with avx512f" in told(before, after)
    assert "without avx512f" in told(after, before)


def test_another_model_with_the_same_instruction_sets_changes_speed() -> None:
    before, after = cpu("Xeon Gold", instruction_sets=V4), cpu("EPYC", instruction_sets=V4)
    assert risk_of(before, after) is Risk.SPEED


def test_another_number_of_processors_adds_in_another_order() -> None:
    before = cpu(instruction_sets=V3, logical_processors=8)
    after = cpu(instruction_sets=V3, logical_processors=16)
    assert risk_of(before, after) is Risk.RESULTS
    assert "8 logical processors became 16" in told(before, after)


def test_instruction_sets_that_are_not_stated_are_unknown() -> None:
    assert risk_of(cpu("Xeon"), cpu("EPYC", instruction_sets=V3)) is Risk.UNKNOWN


def test_another_architecture_needs_other_packages() -> None:
    before, after = cpu(architecture="x86_64"), cpu("Neoverse-N1", architecture="aarch64")
    assert risk_of(before, after) is Risk.BREAKS


def test_the_same_processor_stated_otherwise_is_unknown() -> None:
    assert risk_of(cpu(instruction_sets=V3), cpu(instruction_sets=V3, level="v3")) is Risk.UNKNOWN


def test_a_processor_on_one_side_only_is_unknown() -> None:
    assert risk_of(cpu(), None) is Risk.UNKNOWN


def test_gpus() -> None:
    old, new = component(Layer.HARDWARE, "gpu", "T4"), component(Layer.HARDWARE, "gpu", "H200")
    assert risk_of(old, new) is Risk.RESULTS
    assert "T4 became H200" in told(old, new)
    assert risk_of(old, None) is Risk.BREAKS
    assert risk_of(None, new) is Risk.UNKNOWN
    assert risk_of(old, with_facts(Layer.HARDWARE, "gpu", "T4", mig_enabled=True)) is Risk.UNKNOWN


@pytest.mark.parametrize(
    ("before", "after", "risk"),
    [
        (driver("535.104.05", "12.2"), driver("470.57.02", "11.4"), Risk.BREAKS),
        (driver("470.57.02", "11.4"), driver("535.104.05", "12.2"), Risk.NONE),
        (driver("535.104.05", "12.2"), driver("535.129.03", "12.2"), Risk.UNKNOWN),
        (driver("535.104.05", "12.2"), None, Risk.BREAKS),
        (None, driver("535.104.05", "12.2"), Risk.UNKNOWN),
        (driver("550", "not a version"), driver("550", "12.4"), Risk.UNKNOWN),
    ],
)
def test_drivers(before: Component | None, after: Component | None, risk: Risk) -> None:
    assert risk_of(before, after) is risk


def test_a_driver_that_offers_less_cuda_says_so() -> None:
    assert "offers CUDA 11.4 at most, before 12.2" in told(driver("535", "12.2"), driver("470", "11.4"))


def test_kernels() -> None:
    old, new = component(Layer.KERNEL, "linux", "5.15"), component(Layer.KERNEL, "linux", "6.8")
    assert risk_of(old, new) is Risk.SPEED
    assert risk_of(None, new) is Risk.UNKNOWN
    assert risk_of(old, component(Layer.KERNEL, "darwin", "23.0")) is Risk.UNKNOWN
