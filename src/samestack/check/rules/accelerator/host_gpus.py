"""NVIDIA's driver and GPUs of the host, and whether what is not named there is certainly not there."""

from typing import Final

from samestack.check.subject import Subject
from samestack.model import Component, Layer

NAME_THE_HOST: Final = "name the host that it is to run on (--host REF), captured where its driver works"
"""What to do where the host is not known."""

_DRIVER: Final = "nvidia-driver"


def driver(subject: Subject) -> Component | None:
    """NVIDIA's driver; ``None`` where there is none, or none is told."""
    return next(iter(subject.host_components(Layer.DRIVER, _DRIVER)), None)


def knows_driver(subject: Subject) -> bool:
    """Whether a driver that is not named is not there. One that could not be read left a remark."""
    return subject.knows_host(Layer.DRIVER) and not _is_remarked(subject, _DRIVER)


def gpus(subject: Subject) -> tuple[Component, ...]:
    """NVIDIA's GPUs, as far as they are told."""
    devices = subject.host_components(Layer.HARDWARE, "gpu")
    return tuple(one for one in devices if one.facts.get("vendor", "nvidia") == "nvidia")


def knows_gpus(subject: Subject) -> bool:
    """Whether all GPUs are told: each one answered, or there is no driver that could make one work."""
    is_told = subject.knows_host(Layer.HARDWARE) and not _is_remarked(subject, "gpu")
    return is_told and knows_driver(subject)


def is_without_gpu(subject: Subject) -> bool:
    """Whether the host certainly has no GPU that a program could use."""
    return knows_gpus(subject) and not gpus(subject)


def capability(gpu: Component) -> tuple[int, int] | None:
    """The compute capability of a GPU, ``(8, 6)``; ``None`` where the driver did not tell it."""
    major, _, minor = str(gpu.facts.get("compute_capability", "")).partition(".")
    return (int(major), int(minor)) if major.isdecimal() and minor.isdecimal() else None


def shown_gpus(subject: Subject) -> tuple[str, ...]:
    """The GPUs as evidence: a line each kind of GPU."""
    lines = (
        f"host: {gpu.label}, compute capability {gpu.facts.get('compute_capability', 'unknown')}"
        for gpu in gpus(subject)
    )
    return tuple(dict.fromkeys(lines))


def _is_remarked(subject: Subject, name: str) -> bool:
    layers = (Layer.DRIVER, Layer.HARDWARE)
    return any(one.subject == name and one.layer in layers for one in subject.host.remarks)
