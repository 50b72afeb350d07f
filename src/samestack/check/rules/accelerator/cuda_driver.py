"""Rule ``cuda-driver``: packages that were built for a CUDA that the host's driver does not run."""

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Final

from packaging.version import InvalidVersion, Version

from samestack.check.finding import Finding, Severity
from samestack.check.python_environment import PythonEnvironment, version_of
from samestack.check.rule import Rule
from samestack.check.rules.accelerator.cuda_builds import CudaBuild, cuda_builds, is_framework
from samestack.check.rules.accelerator.gpu_code import Coverage, architectures, coverage
from samestack.check.rules.accelerator.host_gpus import (
    NAME_THE_HOST,
    capability,
    driver,
    gpus,
    knows_driver,
    shown_gpus,
)
from samestack.check.subject import Subject
from samestack.knowledge.accelerators import lowest_drivers
from samestack.model import Component, Layer

_FORWARD: Final = "https://docs.nvidia.com/deploy/cuda-compatibility/forward-compatibility.html"
_MINOR: Final = "https://docs.nvidia.com/deploy/cuda-compatibility/minor-version-compatibility.html"


def examine(subject: Subject) -> Iterator[Finding]:
    """Hold the CUDA of every package against the driver; one finding for each CUDA that it does not run."""
    builds = [(one, cuda_builds(subject, one)) for one in subject.pythons]
    installed = driver(subject)
    if installed is None:
        asked = [build for _, found in builds for build in found]
        if asked and not knows_driver(subject):
            yield _unknown(asked, "the host's driver is not known", "no driver is told of the host")
        return
    for environment, found in builds:
        yield from _too_new(subject, environment, found, installed)
        yield from _unreadable_ptx(subject, environment, found, installed)


def _too_new(
    subject: Subject, environment: PythonEnvironment, builds: Sequence[CudaBuild], installed: Component
) -> Iterator[Finding]:
    by_major = sorted(builds, key=lambda build: build.major)
    for _, same in groupby(by_major, key=lambda build: build.major):
        group = list(same)
        refused = [build for build in group if runs(build, installed) is False]
        if refused:
            yield _refused(subject, environment, refused, installed)
        elif any(runs(build, installed) is None for build in group):
            reason = f"whether driver {installed.version} runs CUDA {group[0].series} is not known"
            yield _unknown(group, reason, f"host: {_shown(installed)}")


def runs(build: CudaBuild, installed: Component) -> bool | None:
    """Whether a driver runs what was built for a CUDA; ``None`` where nothing tells.

    The driver's own word counts first: with a forward compatibility package it runs more than its version
    lets expect.
    """
    highest, version = _highest_cuda(installed), version_of(installed)
    if highest is not None and _is_at_least(highest, build):
        return True
    row = lowest_drivers().of(build.series)
    if row is not None and version is not None:
        return version >= Version(row.driver)
    return None if highest is None else highest.major >= int(build.major)


def _is_at_least(highest: Version, build: CudaBuild) -> bool:
    return highest.release[: build.series.count(".") + 1] >= Version(build.series).release


def _refused(
    subject: Subject, environment: PythonEnvironment, builds: Sequence[CudaBuild], installed: Component
) -> Finding:
    first = builds[0]
    row = lowest_drivers().of(first.series)
    newer = f"driver {row.driver} or later" if row else "a later driver"
    return Finding(
        rule=RULE.id,
        severity=Severity.ERROR if is_framework(first) else Severity.WARNING,
        layer=Layer.DRIVER,
        subject=first.package,
        at=environment.at,
        message=f"{first.label}: it is for CUDA {first.series}, which needs {newer}, and the host has "
        f"{installed.version}: no GPU can be used",
        evidence=(*_shown_builds(builds), f"host: {_shown(installed)}", *shown_gpus(subject)),
        remedy=_remedy(first, installed, newer),
        sources=(*(row.sources if row else (_MINOR,)), _FORWARD),
    )


def _remedy(build: CudaBuild, installed: Component, newer: str) -> str:
    version = version_of(installed)
    runnable = lowest_drivers().newest(version) if version else None
    other = f", or a build of {build.package} for CUDA {runnable.cuda} or older" if runnable else ""
    package = f"cuda-compat-{build.series.replace('.', '-')}"
    return (
        f"install NVIDIA's {newer}{other}; on a data-centre GPU, NVIDIA's package {package} "
        "beside the present driver does as well"
    )


def _unreadable_ptx(
    subject: Subject, environment: PythonEnvironment, builds: Sequence[CudaBuild], installed: Component
) -> Iterator[Finding]:
    """A package without machine code for a GPU needs a driver that compiles the PTX of its CUDA."""
    highest = _highest_cuda(installed)
    for build in builds if highest else ():
        package = environment.package(build.package)
        is_asked = is_framework(build) and build.tells_minor and runs(build, installed)
        if package is None or not is_asked or not highest or highest >= Version(build.series):
            continue
        names = architectures(package)
        shown = [one.label for one in gpus(subject) if _coverage(names, one) is Coverage.PTX]
        if shown:
            yield _ptx(environment, build, installed, shown[0])


def _coverage(names: tuple[str, ...], gpu: Component) -> Coverage:
    number = capability(gpu)
    return Coverage.NONE if number is None else coverage(names, number)


def _ptx(environment: PythonEnvironment, build: CudaBuild, installed: Component, gpu: str) -> Finding:
    return Finding(
        rule=RULE.id,
        severity=Severity.WARNING,
        layer=Layer.DRIVER,
        subject=build.package,
        at=environment.at,
        message=f"{build.label}: on {gpu} the driver must compile its PTX of CUDA {build.series}, which "
        f"{_shown(installed)} does not read: kernels can fail to load",
        evidence=(f"no machine code for {gpu}", *_shown_builds([build]), f"host: {_shown(installed)}"),
        remedy=f"install a driver that runs CUDA {build.series} in full, or a build for an older CUDA",
        sources=(_MINOR,),
    )


def _unknown(builds: Sequence[CudaBuild], reason: str, evidence: str) -> Finding:
    return Finding(
        rule=RULE.id,
        severity=Severity.UNKNOWN,
        layer=Layer.DRIVER,
        subject=builds[0].package,
        message=f"{builds[0].label} is for CUDA {builds[0].series}, and {reason}",
        evidence=(*_shown_builds(builds), evidence),
        remedy=NAME_THE_HOST,
    )


def _shown_builds(builds: Sequence[CudaBuild]) -> tuple[str, ...]:
    return tuple(f"{build.label}: CUDA {build.series}" for build in builds)


def _shown(installed: Component) -> str:
    highest = installed.facts.get("highest_cuda")
    return f"{installed.label} (CUDA {highest} at most)" if highest else installed.label


def _highest_cuda(installed: Component) -> Version | None:
    try:
        return Version(str(installed.facts.get("highest_cuda", "")))
    except InvalidVersion:
        return None


RULE = Rule(
    id="cuda-driver",
    summary="A package was built for a CUDA that the host's NVIDIA driver does not run.",
    layer=Layer.DRIVER,
    severity=Severity.ERROR,
    examine=examine,
)
