"""NVIDIA's management library (NVML), asked for the driver and its GPUs."""
# ruff: noqa: N802 - the names of the calls are NVML's

from collections.abc import Callable
from typing import Final, Protocol, TypeVar, cast

from samestack.capture.observation import Observation
from samestack.capture.probes.host.nvidia import DRIVER_FILE
from samestack.capture.probes.host.nvidia_components import driver_of, gpu_of, module_version
from samestack.capture.probes.text import shown_text
from samestack.capture.tree import Tree
from samestack.model import Component, Layer, Remark

T = TypeVar("T")

_MAX_DEVICES: Final = 64
_PATIENCE_SECONDS: Final = 30.0
"""Without its persistence daemon a driver wakes each GPU for an answer, about a second each."""


class ManagementLibrary(Protocol):
    """The calls of NVML that are used, as ``nvidia-ml-py`` offers them. Each may raise ``NVMLError``."""

    NVMLError: type[Exception]

    def nvmlInit(self) -> None:
        """Connect to the driver."""

    def nvmlShutdown(self) -> None:
        """Disconnect."""

    def nvmlSystemGetDriverVersion(self) -> str:
        """``535.104.05``."""

    def nvmlSystemGetCudaDriverVersion_v2(self) -> int:
        """The highest CUDA that the driver runs: 1000 times its major version, 10 times its minor one."""

    def nvmlDeviceGetCount(self) -> int:
        """How many GPUs there are."""

    def nvmlDeviceGetHandleByIndex(self, index: int) -> object:
        """A GPU by its place, from 0."""

    def nvmlDeviceGetName(self, handle: object) -> str:
        """``NVIDIA A100-SXM4-80GB``."""

    def nvmlDeviceGetCudaComputeCapability(self, handle: object) -> tuple[int, int]:
        """``(8, 0)``."""

    def nvmlDeviceGetMemoryInfo(self, handle: object) -> "Memory":
        """The memory of a GPU."""

    def nvmlDeviceGetMigMode(self, handle: object) -> list[int]:
        """Whether the GPU is divided into instances: now, and after the next reset (1 for yes)."""


class Memory(Protocol):
    """What NVML says of a GPU's memory."""

    total: int
    """Bytes."""


def ask_management_library(tree: Tree) -> Observation:
    """What NVML tells, which is given 30 seconds to answer; else what the kernel module does."""
    import threading

    answers: list[Observation] = []
    # A GPU that has fallen off its bus can block a call for ever: nobody waits for a daemon thread.
    question = threading.Thread(target=lambda: answers.append(_asked(tree)), daemon=True)
    question.start()
    question.join(_PATIENCE_SECONDS)
    return answers[0] if answers else _without_answer(tree, f"no answer in {_PATIENCE_SECONDS:g} seconds")


def _asked(tree: Tree) -> Observation:
    import pynvml  # 8,000 lines with ctypes, for machines with a driver only

    return observe_devices(cast("ManagementLibrary", pynvml), tree)


def observe_devices(library: ManagementLibrary, tree: Tree) -> Observation:
    """What a management library answers, or why it does not."""
    try:
        library.nvmlInit()
    except library.NVMLError as error:
        return _without_answer(tree, f"'{shown_text(str(error))}'")
    try:
        return Observation.joined((Observation(_drivers(library)), _devices(library)))
    finally:
        _answer(library, library.nvmlShutdown)


def _drivers(library: ManagementLibrary) -> tuple[Component, ...]:
    version = _answer(library, library.nvmlSystemGetDriverVersion)
    cuda = _answer(library, library.nvmlSystemGetCudaDriverVersion_v2)
    highest = None if cuda is None else f"{cuda // 1000}.{cuda % 1000 // 10}"
    return () if version is None else (driver_of(version, highest),)


def _devices(library: ManagementLibrary) -> Observation:
    count = min(_answer(library, library.nvmlDeviceGetCount) or 0, _MAX_DEVICES)
    devices = (_device(library, index) for index in range(count))
    found = tuple(device for device in devices if device is not None)
    return Observation(found, _of_lost(count - len(found), count))


def _device(library: ManagementLibrary, index: int) -> Component | None:
    handle = _answer(library, lambda: library.nvmlDeviceGetHandleByIndex(index))
    if handle is None:
        return None
    name = _answer(library, lambda: library.nvmlDeviceGetName(handle))
    capability = _answer(library, lambda: library.nvmlDeviceGetCudaComputeCapability(handle))
    memory = _answer(library, lambda: library.nvmlDeviceGetMemoryInfo(handle).total)
    division = _answer(library, lambda: library.nvmlDeviceGetMigMode(handle)[0])
    return gpu_of(
        str(index),
        name,
        capability=None if capability is None else "{}.{}".format(*capability),
        memory_mib=None if memory is None else memory // 2**20,
        mig_enabled=None if division is None else division == 1,
    )


def _answer(library: ManagementLibrary, ask: Callable[[], T]) -> T | None:
    """An answer, or ``None`` where driver or device do not know the question: older ones know fewer."""
    try:
        return ask()
    except library.NVMLError:
        return None


def _of_lost(lost: int, count: int) -> tuple[Remark, ...]:
    if not lost:
        return ()
    return (
        Remark(
            code="gpu-silent",
            layer=Layer.HARDWARE,
            subject="gpu",
            message=f"{lost} of {count} GPUs did not answer; nvidia-smi may say why",
        ),
    )


def _without_answer(tree: Tree, answer: str) -> Observation:
    module = module_version(tree)
    remark = Remark(
        code="nvidia-driver-silent",
        layer=Layer.DRIVER,
        subject="nvidia-driver",
        message=f"the driver's library NVML answered {answer}, so GPUs and the highest CUDA are not known; "
        "nvidia-smi should say the same",
        place=tree.shown(DRIVER_FILE),
    )
    return Observation((driver_of(module, None),) if module else (), (remark,))
