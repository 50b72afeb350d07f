"""The variant of a companion against torch's: ``+cu121``, ``+cpu``, which ``==`` in metadata ignores."""

import re
from collections.abc import Iterator
from typing import Final

from msgspec import Struct
from packaging.version import Version

from samestack.check.finding import Finding, Severity
from samestack.check.python_environment import PythonEnvironment
from samestack.check.rules.accelerator.cuda_builds import build_of, cuda_builds
from samestack.check.rules.accelerator.gpu_code import architectures
from samestack.check.subject import Subject
from samestack.knowledge.accelerators import torch_companions
from samestack.model import Component, Ecosystem, Layer

CPU: Final = "cpu"
_NOTHING: Final = ""
_RUNTIME: Final = r"libcudart\.so\.(\d+)"
_SOURCE: Final = "https://pytorch.org/get-started/previous-versions/"


class Variant(Struct, frozen=True):
    """A companion whose variant is asked for."""

    rule: str
    name: str
    package: Component
    version: Version


def variant_finding(
    subject: Subject, environment: PythonEnvironment, companion: Variant
) -> Iterator[Finding]:
    """What follows where torch and a companion were built for different CUDAs, or one of them for none."""
    torch = environment.package("torch")
    if torch is None:
        return
    ours, its = (_variant(subject, environment, name) for name in (companion.name, "torch"))
    if _NOTHING in (ours, its) or ours == its:
        return
    verdict = _verdict(companion, ours, its)
    if verdict is None:
        return
    severity, consequence = verdict
    table = torch_companions().of(companion.name)
    yield Finding(
        rule=companion.rule,
        severity=severity,
        layer=Layer.PACKAGES,
        subject=companion.name,
        at=environment.at,
        message=f"{companion.package.label}: it was built for {_shown(ours)}, and torch for {_shown(its)}: "
        f"{consequence}",
        evidence=(
            f"{companion.package.label}: built for {_shown(ours)}",
            f"{torch.label}: built for {_shown(its)}",
        ),
        remedy=f"install the build of {companion.name} for {_shown(its)}, from where torch came from",
        sources=(table.refusal or _SOURCE,),
    )


def _variant(subject: Subject, environment: PythonEnvironment, name: str) -> str:
    """``12.1``, ``12``, ``cpu``, or nothing where it is not told.

    A wheel without a local version tells it by what was read of its files; that it was read and says nothing
    counts for nothing, since torchaudio has no code for GPUs in most releases.
    """
    build = build_of(cuda_builds(subject, environment), name)
    if build is not None:
        return build.series
    version, package = environment.version(name), environment.package(name)
    if version is not None and version.local == CPU:
        return CPU
    is_plain = package is not None and package.ecosystem is Ecosystem.PYPI and version is not None
    if package is None or not is_plain or (version is not None and version.local):
        return _NOTHING
    return _runtime(package)


def _runtime(package: Component) -> str:
    """``12`` for what needs or holds ``libcudart.so.12``, and has code for GPUs."""
    for fact in ("needs", "provides") if architectures(package) else ():
        libraries = package.facts.get(fact, ())
        for library in libraries if isinstance(libraries, tuple) else ():
            if found := re.match(_RUNTIME, library):
                return found[1]
    return _NOTHING


def _verdict(companion: Variant, ours: str, its: str) -> tuple[Severity, str] | None:
    """What happens, and how grave it is; ``None`` where nothing does."""
    if ours == CPU:
        return Severity.WARNING, "its operators do not run on tensors on the GPU"
    if its == CPU:
        return Severity.ERROR, "its compiled parts need libraries of CUDA that this torch does not load"
    table = torch_companions().of(companion.name)
    if table.cuda_refused_since and companion.version < Version(table.cuda_refused_since):
        return Severity.WARNING, "its operators can fail"
    is_other_major = ours.partition(".")[0] != its.partition(".")[0]
    is_other_minor = "." in ours and "." in its and companion.version < Version(table.minor_cuda_since)
    return (Severity.ERROR, f"importing {companion.name} fails") if is_other_major or is_other_minor else None


def _shown(variant: str) -> str:
    return "the processor" if variant == CPU else f"CUDA {variant}"
