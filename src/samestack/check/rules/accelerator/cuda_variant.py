"""Rule ``cuda-variant``: builds for the processor where there is a GPU, and for CUDA where there is none."""

from collections.abc import Iterator, Sequence
from typing import Final

from msgspec import Struct

from samestack.check.finding import Finding, Severity
from samestack.check.presence import present
from samestack.check.python_environment import PythonEnvironment, version_of
from samestack.check.rule import Rule
from samestack.check.rules.accelerator.cuda_builds import CudaBuild, build_of, cuda_builds, is_framework
from samestack.check.rules.accelerator.gpu_code import architectures
from samestack.check.rules.accelerator.host_gpus import (
    NAME_THE_HOST,
    gpus,
    is_without_gpu,
    knows_gpus,
    shown_gpus,
)
from samestack.check.subject import Subject
from samestack.model import Component, Ecosystem, Layer, Standing

_SOURCE: Final = "https://pytorch.org/get-started/locally/"
_BY_NAME: Final = {"tensorflow-cpu": "tensorflow[and-cuda]", "faiss-cpu": "faiss-gpu-cu12"}
"""Packages that are the build for the processor by their name, and what has the GPU's."""


class CpuBuild(Struct, frozen=True):
    """A package that computes on the processor alone."""

    package: Component
    name: str
    is_stated: bool
    """Whether its name or version says so: then somebody chose it."""
    instead: str


def examine(subject: Subject) -> Iterator[Finding]:
    """Hold the variant of every framework against whether the host has a GPU."""
    for environment in subject.pythons:
        builds = cuda_builds(subject, environment)
        yield from _for_processor(subject, environment, builds)
        if is_without_gpu(subject):
            yield from _for_cuda(environment, [build for build in builds if is_framework(build)])


def _for_processor(
    subject: Subject, environment: PythonEnvironment, builds: Sequence[CudaBuild]
) -> Iterator[Finding]:
    found = list(_cpu_builds(subject, environment, builds))
    if gpus(subject):
        yield from (_unused_gpu(subject, environment, one, builds) for one in found)
    elif found and not knows_gpus(subject):
        yield _unknown(environment, found[0])


def _cpu_builds(
    subject: Subject, environment: PythonEnvironment, builds: Sequence[CudaBuild]
) -> Iterator[CpuBuild]:
    torch = present(environment, "torch")
    if torch is not None and build_of(builds, "torch") is None:
        if _says_cpu(torch):
            yield CpuBuild(torch, "torch", is_stated=True, instead="torch with CUDA")
        elif _is_read_without_gpu_code(subject, environment, torch):
            yield CpuBuild(torch, "torch", is_stated=False, instead="torch with CUDA")
    for name, instead in _BY_NAME.items():
        package = present(environment, name)
        if package is not None:
            yield CpuBuild(package, name, is_stated=True, instead=instead)


def _says_cpu(torch: Component) -> bool:
    """``2.3.0+cpu``, or conda's build string ``cpu_generic_py311h...``, ``py3.10_cpu_0``."""
    version = version_of(torch)
    is_conda_build = torch.ecosystem is Ecosystem.CONDA and "cpu" in (torch.build or "")
    return is_conda_build or (version is not None and version.local == "cpu")


def _is_read_without_gpu_code(subject: Subject, environment: PythonEnvironment, torch: Component) -> bool:
    """Whether its binaries were read, and neither they nor what the build wrote down tell of any GPU."""
    version = version_of(torch)
    is_read = subject.is_deep and subject.snapshot.origin.standing is Standing.OBSERVED
    is_plain = version is not None and version.local is None and torch.ecosystem is Ecosystem.PYPI
    other = environment.owned_libraries("rocm", "torch")
    return is_read and is_plain and not other and not architectures(torch) and "provides" in torch.facts


def _unused_gpu(
    subject: Subject, environment: PythonEnvironment, found: CpuBuild, builds: Sequence[CudaBuild]
) -> Finding:
    """Graver where nobody chose it, or where the environment brings CUDA all the same."""
    is_chosen = found.is_stated and not builds
    return Finding(
        rule=RULE.id,
        severity=Severity.NOTE if is_chosen else Severity.WARNING,
        layer=Layer.PACKAGES,
        subject=found.name,
        at=environment.at,
        message=f"{found.package.label}: it is a build for the processor, and leaves the host's GPU unused",
        evidence=(*shown_gpus(subject), *(f"{build.label}: CUDA {build.series}" for build in builds[:3])),
        remedy=f"install {found.instead}, if it is to compute on the GPU",
        sources=(_SOURCE,) if found.name == "torch" else (),
    )


def _for_cuda(environment: PythonEnvironment, builds: Sequence[CudaBuild]) -> Iterator[Finding]:
    if not builds:
        return
    first = builds[0]
    yield Finding(
        rule=RULE.id,
        severity=Severity.NOTE,
        layer=Layer.PACKAGES,
        subject=first.package,
        at=environment.at,
        message=f"{first.label}: it is built for CUDA {first.series}, and the host has no NVIDIA GPU: "
        "it computes on the processor, with gigabytes that nothing uses",
        evidence=tuple(f"{build.label}: CUDA {build.series}" for build in builds),
        remedy=f"install the build of {first.package} for the processor, or name the host that it is to run "
        "on (--host REF)",
        sources=(_SOURCE,) if first.package == "torch" else (),
    )


def _unknown(environment: PythonEnvironment, found: CpuBuild) -> Finding:
    return Finding(
        rule=RULE.id,
        severity=Severity.UNKNOWN,
        layer=Layer.PACKAGES,
        subject=found.name,
        at=environment.at,
        message=f"{found.package.label}: it is a build for the processor, and whether the host has a GPU "
        "is not known",
        evidence=("no GPU, and not that there is none, is told of the host",),
        remedy=NAME_THE_HOST,
    )


RULE = Rule(
    id="cuda-variant",
    summary="A build for the processor where the host has a GPU, or a build for CUDA where it has none.",
    layer=Layer.PACKAGES,
    severity=Severity.WARNING,
    examine=examine,
)
