"""NVIDIA's driver and GPUs, as the program ``nvidia-smi`` tells of them on a machine that is not this one."""

import re
from typing import Final

from samestack.capture.observation import Observation
from samestack.capture.probes.host.nvidia_components import driver_of, gpu_of
from samestack.model import Component, Layer, Remark

COMMAND: Final = (
    "nvidia-smi --query-gpu=index,name,memory.total,compute_cap,mig.mode.current"
    " --format=csv,noheader,nounits; nvidia-smi"
)
"""What is run there, in whatever shell: one line for each GPU, and the table whose head names the driver."""

_MAX_GPUS: Final = 64
_GPU: Final = re.compile(
    r"(?P<index>\d{1,3}), (?P<name>[^,]{1,200}), (?P<memory>[^,]{1,40})"
    r"(?:, (?P<capability>[^,]{1,20}), (?P<mig>[^,]{1,40}))?",
    re.ASCII,
)
_DRIVER: Final = re.compile(r"Driver Version: {1,40}(\d[\d.]{0,30})", re.ASCII)
_CUDA: Final = re.compile(r"CUDA Version: {1,40}(\d{1,3}\.\d{1,3})", re.ASCII)


def observed_of(output: str, module: str | None) -> Observation:
    """What the output of :data:`COMMAND` tells; ``module`` is the version that the kernel module has.

    A remark where the program does not tell of the driver or of any GPU.
    """
    version, cuda = _DRIVER.search(output), _CUDA.search(output)
    name = version[1] if version else module
    driver = () if name is None else (driver_of(name, cuda[1] if cuda else None),)
    gpus = tuple(_gpu(found) for line in output.splitlines() if (found := _GPU.fullmatch(line.strip())))
    is_whole = version is not None and bool(gpus)
    return Observation((*driver, *gpus[:_MAX_GPUS]), () if is_whole else (_of_silent(),))


def _gpu(found: re.Match[str]) -> Component:
    memory, capability, mig = found["memory"], found["capability"] or "", found["mig"]
    return gpu_of(
        found["index"],
        found["name"],
        capability=capability if re.fullmatch(r"\d{1,2}\.\d", capability) else None,
        memory_mib=int(memory) if memory.isascii() and memory.isdigit() else None,
        mig_enabled={"Enabled": True, "Disabled": False}.get(mig or ""),
    )


def _of_silent() -> Remark:
    return Remark(
        code="nvidia-driver-silent",
        layer=Layer.DRIVER,
        subject="nvidia-driver",
        message="nvidia-smi does not tell of the driver and its GPUs there: run it there, it should say why",
    )
