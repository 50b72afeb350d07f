"""The driver and the GPUs, from constructed answers of NVML (``tests/recorded/nvidia``)."""
# ruff: noqa: N802 - the names of the calls are NVML's

import json
import threading
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pynvml
import pytest

from samestack.capture.observation import Observation
from samestack.capture.probes.host import nvidia, nvidia_management
from samestack.capture.probes.host.nvidia import read_nvidia
from samestack.capture.probes.host.nvidia_management import observe_devices
from samestack.model import Layer
from tests.capture.probes.memory_tree import MemoryTree

RECORDED = Path(__file__).parents[3] / "recorded/nvidia"
MODULE = (
    "NVRM version: NVIDIA UNIX x86_64 Kernel Module  535.104.05  Sat Aug 19 01:15:15 UTC 2023\nGCC version:\n"
)
OPEN_MODULE = (
    "NVRM version: NVIDIA UNIX Open Kernel Module for x86_64  580.159.04  Release Build  (builder)\n"
)


class RecordedLibrary:
    """NVML as a file of answers has it; errors are those of the real binding."""

    NVMLError = pynvml.NVMLError

    def __init__(self, name: str) -> None:
        self.answers: dict[str, Any] = json.loads((RECORDED / name).read_text())
        self.is_connected = False

    def nvmlInit(self) -> None:
        self.is_connected = True

    def nvmlShutdown(self) -> None:
        self.is_connected = False

    def nvmlSystemGetDriverVersion(self) -> str:
        return str(self._said(self.answers["calls"]["nvmlSystemGetDriverVersion"]))

    def nvmlSystemGetCudaDriverVersion_v2(self) -> int:
        return int(self._said(self.answers["calls"]["nvmlSystemGetCudaDriverVersion_v2"]))

    def nvmlDeviceGetCount(self) -> int:
        return int(self._said(self.answers["calls"]["nvmlDeviceGetCount"]))

    def nvmlDeviceGetHandleByIndex(self, index: int) -> object:
        return self._said(self.answers["devices"][index])

    def nvmlDeviceGetName(self, handle: Any) -> str:
        return str(self._said(handle["nvmlDeviceGetName"]))

    def nvmlDeviceGetCudaComputeCapability(self, handle: Any) -> tuple[int, int]:
        major, minor = self._said(handle["nvmlDeviceGetCudaComputeCapability"])
        return (major, minor)

    def nvmlDeviceGetMemoryInfo(self, handle: Any) -> Any:
        return SimpleNamespace(**self._said(handle["nvmlDeviceGetMemoryInfo"]))

    def nvmlDeviceGetMigMode(self, handle: Any) -> list[int]:
        return list(self._said(handle["nvmlDeviceGetMigMode"]))

    def _said(self, answer: Any) -> Any:
        assert self.is_connected
        if isinstance(answer, dict) and "error" in answer:
            raise pynvml.NVMLError(answer["error"])
        return answer


def observed(name: str) -> Observation:
    library = RecordedLibrary(name)
    observation = observe_devices(library, MemoryTree({}))
    assert not library.is_connected
    return observation


def test_two_a100_one_of_them_divided() -> None:
    driver, first, second = observed("a100-driver-535.json").components
    assert (driver.layer, driver.label, driver.facts) == (
        Layer.DRIVER,
        "nvidia-driver 535.104.05",
        {"highest_cuda": "12.2"},
    )
    assert (first.layer, first.at, first.label) == (Layer.HARDWARE, "0", "gpu NVIDIA A100-SXM4-80GB")
    assert first.facts == {
        "vendor": "nvidia",
        "compute_capability": "8.0",
        "memory_mib": 81920,
        "mig_enabled": False,
    }
    assert (second.at, second.facts["mig_enabled"]) == ("1", True)


def test_an_h200() -> None:
    driver, gpu = observed("h200-driver-580.json").components
    assert (driver.version, driver.facts) == ("580.159.04", {"highest_cuda": "13.0"})
    assert gpu.facts["compute_capability"] == "9.0"
    assert gpu.facts["memory_mib"] == 143771


def test_an_older_gpu_does_not_know_every_question() -> None:
    driver, gpu = observed("v100-driver-450.json").components
    assert (driver.version, driver.facts) == ("450.80.02", {"highest_cuda": "11.0"})
    assert gpu.facts == {"vendor": "nvidia", "compute_capability": "7.0", "memory_mib": 16160}


def test_a_gpu_that_is_lost_does_not_hide_the_others() -> None:
    observation = observed("lost-gpu-driver-535.json")
    _, gpu = observation.components
    assert (gpu.at, gpu.version) == ("1", "NVIDIA L4")
    (remark,) = observation.remarks
    assert (remark.code, remark.layer, remark.message[:6]) == ("gpu-silent", Layer.HARDWARE, "1 of 2")


class SilentLibrary(RecordedLibrary):
    def __init__(self) -> None:
        super().__init__("a100-driver-535.json")

    def nvmlInit(self) -> None:
        raise pynvml.NVMLError(pynvml.NVML_ERROR_DRIVER_NOT_LOADED)


@pytest.mark.parametrize(("text", "version"), [(MODULE, "535.104.05"), (OPEN_MODULE, "580.159.04")])
def test_where_nvml_refuses_the_kernel_module_names_the_driver(text: str, version: str) -> None:
    observation = observe_devices(SilentLibrary(), MemoryTree({"/proc/driver/nvidia/version": text}))
    (driver,) = observation.components
    assert (driver.version, driver.facts) == (version, {})
    (remark,) = observation.remarks
    assert remark.code == "nvidia-driver-silent"
    assert "Driver Not Loaded" in remark.message


def test_a_library_without_a_driver_is_remarked_on() -> None:
    observation = observe_devices(SilentLibrary(), MemoryTree({}))
    assert observation.components == ()
    assert [remark.code for remark in observation.remarks] == ["nvidia-driver-silent"]


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What is asked of NVML, for tests of whether it is asked at all."""
    questions: list[str] = []

    def answer(tree: object) -> Observation:
        questions.append("devices")
        return Observation()

    monkeypatch.setattr(nvidia_management, "_asked", answer)
    monkeypatch.setattr(nvidia, "_DEVICE", "/nothing/nvidiactl")
    return questions


@pytest.mark.parametrize(
    ("files", "environment"),
    [
        ({"/proc/driver/nvidia/version": MODULE}, {}),
        ({"/etc/ld.so.cache": b"glibc-ld.so.cache1.1\0libnvidia-ml.so.1\0"}, {}),
        (
            {"/usr/local/nvidia/lib64/libnvidia-ml.so.1": b""},
            {"LD_LIBRARY_PATH": "/x:/usr/local/nvidia/lib64"},
        ),
    ],
)
def test_nvml_is_asked_where_a_driver_seems_to_be(
    asked: list[str], files: dict[str, str | bytes], environment: dict[str, str]
) -> None:
    assert read_nvidia(MemoryTree(files), environment) == Observation()
    assert asked == ["devices"]


def test_nvml_is_not_asked_where_there_is_no_sign_of_one(asked: list[str]) -> None:
    assert (
        read_nvidia(MemoryTree({"/etc/ld.so.cache": b"libc.so.6"}), {"LD_LIBRARY_PATH": ":"}) == Observation()
    )
    assert asked == []


def test_nobody_waits_for_a_driver_that_hangs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(nvidia_management, "_PATIENCE_SECONDS", 0.01)
    monkeypatch.setattr(nvidia_management, "_asked", lambda _: threading.Event().wait())
    observation = read_nvidia(MemoryTree({"/proc/driver/nvidia/version": MODULE}), {})
    assert [one.label for one in observation.components] == ["nvidia-driver 535.104.05"]
    assert "no answer in 0.01 seconds" in observation.remarks[0].message
