"""The rules on what a deep capture reads of real wheels; a torch beside them is told, since it is too big."""

import pytest
from msgspec.structs import replace

from samestack.capture.entry import capture
from samestack.capture.options import Options
from samestack.check.finding import Severity
from samestack.check.rules.accelerator import cuda_driver, gpu_architecture, torch_companions
from samestack.check.subject import Subject
from samestack.model import Component, Kind, Reference, Snapshot, Stack
from tests.capture.real_environments import environment
from tests.check.recorded_hosts import recorded_host
from tests.check.subjects import cuda, package

pytestmark = pytest.mark.registry

WHEELS = ("nvidia-cuda-runtime-cu12==12.1.105", "torchaudio==2.11.0", "torchvision==0.18.0")


def captured() -> Snapshot:
    prefix = environment("uv", "3.11", *WHEELS)
    return capture(Reference(Kind.VENV, str(prefix)), Options(deep=True))


def beside(*torch: Component) -> Subject:
    snapshot = captured()
    return Subject(replace(snapshot, stack=Stack.of((*snapshot.stack, *torch))))


def test_a_wheel_for_cuda_12_on_driver_450_and_on_one_that_suffices() -> None:
    (finding,) = cuda_driver.examine(Subject(captured(), recorded_host("v100-driver-450.json")))
    assert finding.subject == "nvidia-cuda-runtime-cu12"
    assert "CUDA 12.1, which needs driver 525.60.13 or later" in finding.message
    assert not list(cuda_driver.examine(Subject(captured(), recorded_host("a100-driver-535.json"))))


def test_the_architectures_of_torchaudio_leave_volta_out() -> None:
    (finding,) = gpu_architecture.examine(Subject(captured(), recorded_host("v100-driver-450.json")))
    assert (finding.subject, finding.severity) == ("torchaudio", Severity.NOTE)
    assert not list(gpu_architecture.examine(Subject(captured(), recorded_host("h200-driver-580.json"))))


def test_the_cuda_of_plain_wheels_is_read_from_the_runtime_that_they_need_or_bring() -> None:
    """torchaudio 2.11.0 of the index needs CUDA 13's runtime, torchvision 0.18.0 brings CUDA 12's."""
    found = torch_companions.examine(beside(package("torch", "2.3.0"), cuda("torch", "11.8")))
    said = {finding.subject: finding.message for finding in found}
    assert "built for torch 2.11, and torch 2.3.0" in said["torchaudio"]
    assert "built for CUDA 12, and torch for CUDA 11.8" in said["torchvision"]
    found = torch_companions.examine(beside(package("torch", "2.12.1"), cuda("torch", "12.6")))
    assert [finding.message.partition(": ")[2] for finding in found] == [
        "it was built for CUDA 13, and torch for CUDA 12.6: importing torchaudio fails"
    ]
