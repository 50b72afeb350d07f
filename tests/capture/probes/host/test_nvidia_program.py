"""What ``nvidia-smi`` says. The outputs are put together from its documentation: no GPU takes part here."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samestack.capture.probes.host.nvidia_program import observed_of
from samestack.model import Layer

TABLE = """
+---------------------------------------------------------------------------------------+
| NVIDIA-SMI 535.104.05             Driver Version: 535.104.05   CUDA Version: 12.2     |
|-----------------------------------------+----------------------+----------------------+
"""
GPUS = "0, NVIDIA A100-SXM4-40GB, 40960, 8.0, Disabled\n1, NVIDIA A100-SXM4-40GB, 40960, 8.0, Enabled\n"


def test_a_driver_and_its_gpus() -> None:
    found = observed_of(GPUS + TABLE, "535.104.05")
    driver, first, second = found.components
    assert (driver.layer, driver.version, driver.facts) == (
        Layer.DRIVER,
        "535.104.05",
        {"highest_cuda": "12.2"},
    )
    assert (first.layer, first.at, first.version) == (Layer.HARDWARE, "0", "NVIDIA A100-SXM4-40GB")
    assert first.facts == {
        "vendor": "nvidia",
        "compute_capability": "8.0",
        "memory_mib": 40960,
        "mig_enabled": False,
    }
    assert second.facts["mig_enabled"] is True
    assert not found.remarks


def test_what_a_gpu_does_not_know_is_not_said() -> None:
    (_, gpu) = observed_of("0, NVIDIA GeForce RTX 3090, [N/A], 8.6, [N/A]\n" + TABLE, None).components
    assert gpu.facts == {"vendor": "nvidia", "compute_capability": "8.6"}


@pytest.mark.parametrize(
    "output",
    [
        "",
        "sh: 1: nvidia-smi: not found\n",
        "NVIDIA-SMI has failed because it couldn't communicate with the NVIDIA driver.\n",
        'Field "compute_cap" is not a valid field to query.\n',
    ],
)
def test_a_program_that_does_not_tell(output: str) -> None:
    found = observed_of(output, "535.104.05")
    assert [one.label for one in found.components] == ["nvidia-driver 535.104.05"]
    assert [one.code for one in found.remarks] == ["nvidia-driver-silent"]
    assert observed_of(output, None).components == ()


@given(st.text())
def test_any_output(output: str) -> None:
    assert len(observed_of(output, None).components) <= 65
