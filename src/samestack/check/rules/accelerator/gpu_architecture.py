"""Rule ``gpu-architecture``: packages without code for the GPU that the host has."""

from collections.abc import Iterator
from typing import Final

from packaging.version import Version

from samestack.check.finding import Finding, Severity
from samestack.check.python_environment import PythonEnvironment
from samestack.check.rule import Rule
from samestack.check.rules.accelerator.cuda_builds import build_of, cuda_builds
from samestack.check.rules.accelerator.gpu_code import Coverage, architectures, coverage, lowest
from samestack.check.rules.accelerator.host_gpus import NAME_THE_HOST, capability, gpus, knows_gpus
from samestack.check.subject import Subject
from samestack.knowledge.accelerators import torch_gpus
from samestack.model import Component, Ecosystem, Layer

_SOURCE: Final = "https://docs.nvidia.com/cuda/cuda-programming-guide/01-introduction/cuda-platform.html"
_SEVERITIES: Final = {
    "torch": Severity.ERROR,
    "paddlepaddle-gpu": Severity.ERROR,
    # They leave the GPU alone, and compute on the processor.
    "tensorflow": Severity.WARNING,
    "tensorflow-gpu": Severity.WARNING,
}
"""The packages that use the GPU by themselves. Others offer some of their functions on one, or hold files
for several kinds of GPU, of which the fact tells one: of those it is only noted."""
_CONSEQUENCES: Final = {
    Severity.ERROR: "the first use of it fails (no kernel image is available for execution on the device)",
    Severity.WARNING: "it computes on the processor",
    Severity.NOTE: "what of it computes on a GPU cannot run there",
}
_LIBRARIES: Final = "nvidia-"
"""NVIDIA's own wheels follow the framework that asks for them."""


def examine(subject: Subject) -> Iterator[Finding]:
    """Hold the architectures in every package against the GPUs."""
    for environment in subject.pythons:
        packages = [(name, one) for name, one in environment.each() if _is_asked(name, one)]
        if packages and not _knows_capabilities(subject):
            yield _unknown(environment, packages[0][1])
        for name, package in packages:
            yield from _of_package(subject, environment, name, package)
        if not packages:
            yield from _of_named_torch(subject, environment)


def _is_asked(name: str, package: Component) -> bool:
    return bool(architectures(package)) and not name.startswith(_LIBRARIES)


def _knows_capabilities(subject: Subject) -> bool:
    return knows_gpus(subject) and all(capability(gpu) for gpu in gpus(subject))


def _of_package(
    subject: Subject, environment: PythonEnvironment, name: str, package: Component
) -> Iterator[Finding]:
    """One finding about the first GPU that is left out; graver where there is no other that would do."""
    names = architectures(package)
    numbers = [(gpu, number) for gpu in gpus(subject) if (number := capability(gpu))]
    left_out = [(gpu, number) for gpu, number in numbers if coverage(names, number) is Coverage.NONE]
    if not left_out:
        return
    severity = _SEVERITIES.get(name, Severity.NOTE)
    if len(left_out) < len(numbers) and severity is Severity.ERROR:
        severity = Severity.WARNING
    gpu, number = left_out[0]
    yield Finding(
        rule=RULE.id,
        severity=severity,
        layer=Layer.HARDWARE,
        subject=name,
        at=environment.at,
        message=f"{package.label}: it holds no code for {_named(gpu, number)}: "
        f"{_CONSEQUENCES[_SEVERITIES.get(name, Severity.NOTE)]}",
        evidence=(f"code in {name}: {', '.join(names)}", f"host: {_named(gpu, number)}"),
        remedy=_remedy(name, names, number),
        sources=_sources(name, number),
    )


def _remedy(name: str, names: tuple[str, ...], number: tuple[int, int]) -> str:
    first, last = torch_gpus().first(number), torch_gpus().last(number)
    oldest = lowest(names)
    if name == "torch" and last and oldest and number < oldest:
        return (
            f"install a build of torch for CUDA {last.cuda} or older (known up to torch "
            f"{last.torch}), or use a newer GPU"
        )
    if name == "torch" and first:
        return f"install torch {first.torch} or later, built for CUDA {first.cuda} or later"
    return f"install a version of {name} that was compiled for {_architecture(number)}"


def _sources(name: str, number: tuple[int, int]) -> tuple[str, ...]:
    rows = (torch_gpus().first(number), torch_gpus().last(number)) if name == "torch" else ()
    return (_SOURCE, *(source for row in rows if row for source in row.sources))


def _of_named_torch(subject: Subject, environment: PythonEnvironment) -> Iterator[Finding]:
    """Where no binary was read, the table of PyTorch's own wheels tells; not of builds of somebody else."""
    version, package = environment.version("torch"), environment.package("torch")
    is_asked = package is not None and package.ecosystem is Ecosystem.PYPI and not subject.is_deep
    if not is_asked or package is None or version is None or version.is_prerelease:
        return
    build = build_of(cuda_builds(subject, environment), "torch")
    if build is None:
        return
    for gpu in gpus(subject):
        number = capability(gpu)
        row = torch_gpus().first(number) if number else None
        if number and row and _is_before(version, row.torch, build.series, row.cuda):
            yield Finding(
                rule=RULE.id,
                severity=Severity.WARNING,
                layer=Layer.HARDWARE,
                subject="torch",
                at=environment.at,
                message=f"{package.label}: PyTorch's own wheel for CUDA {build.series} holds no code for "
                f"{_named(gpu, number)}: {_CONSEQUENCES[Severity.ERROR]}",
                evidence=(f"{package.label} for CUDA {build.series}", f"host: {_named(gpu, number)}"),
                remedy=f"install torch {row.torch} or later, built for CUDA {row.cuda} or later",
                sources=row.sources,
            )
            return


def _is_before(version: Version, first: str, cuda: str, first_cuda: str) -> bool:
    return version < Version(first) or Version(cuda) < Version(first_cuda)


def _unknown(environment: PythonEnvironment, package: Component) -> Finding:
    return Finding(
        rule=RULE.id,
        severity=Severity.UNKNOWN,
        layer=Layer.HARDWARE,
        subject=package.name,
        at=environment.at,
        message=f"{package.label}: it holds code for some GPUs, and those of the host are not all known",
        evidence=(f"code in {package.name}: {', '.join(architectures(package))}",),
        remedy=NAME_THE_HOST,
    )


def _named(gpu: Component, number: tuple[int, int]) -> str:
    return f"{gpu.version or 'the GPU'} ({_architecture(number)})"


def _architecture(number: tuple[int, int]) -> str:
    return "sm_{}{}".format(*number)


RULE = Rule(
    id="gpu-architecture",
    summary="A package holds no code for the GPU that it is to run on.",
    layer=Layer.HARDWARE,
    severity=Severity.ERROR,
    examine=examine,
)
