"""Rule ``tensorflow-cuda``: TensorFlow without the CUDA and cuDNN that it was built for."""

from collections.abc import Iterator, Sequence
from typing import Final

from msgspec import Struct
from packaging.version import InvalidVersion, Version

from samestack.check.finding import Finding, Severity
from samestack.check.python_environment import PythonEnvironment, owner_of
from samestack.check.rule import Rule
from samestack.check.rules.accelerator.host_gpus import NAME_THE_HOST, gpus, is_without_gpu, shown_gpus
from samestack.check.subject import Subject
from samestack.knowledge.accelerators import tensorflow_cuda
from samestack.model import Component, Ecosystem, Layer, Stack

_NAMES: Final = ("tensorflow", "tensorflow-gpu")
_CONDA_NAMES: Final = {
    "cuda": ("cudatoolkit", "cuda-cudart", "cuda-runtime", "cuda-toolkit"),
    "cudnn": ("cudnn", "libcudnn"),
}
_SYSTEM_PACKAGES: Final = {"cuda": "libcudart", "cudnn": "libcudnn"}
"""How distributions' own packages begin; their versions are not held against anything."""
_SHOWN: Final = {"cuda": "CUDA", "cudnn": "cuDNN"}


class Library(Struct, frozen=True):
    """A library that TensorFlow looks for, the version that it wants and those that are there."""

    name: str
    wanted: Version
    found: tuple[Component, ...]

    @property
    def label(self) -> str:
        """``cuDNN 8.9``."""
        return f"{_SHOWN[self.name]} {self.wanted}"

    @property
    def is_there(self) -> bool:
        """Whether one is of the major version, which is in the file's name; unreadable ones count."""
        return any(_fits_major(one, self.wanted) for one in self.found)

    @property
    def is_too_old(self) -> bool:
        """Whether every cuDNN of the major version has a lower minor one than TensorFlow was built with."""
        versions = [_version(one.version) for one in self.found if _fits_major(one, self.wanted)]
        return bool(versions) and all(one and one.release[:2] < self.wanted.release[:2] for one in versions)


def examine(subject: Subject) -> Iterator[Finding]:
    """Hold what TensorFlow was built for against NVIDIA's wheels beside it and the system's libraries."""
    for environment in subject.pythons:
        for name in _NAMES:
            package = environment.package(name)
            wanted = _wanted(environment, name) if package else None
            if package is not None and wanted is not None and not is_without_gpu(subject):
                libraries = [
                    Library(one, version, _found(subject, environment, one)) for one, version in wanted
                ]
                yield from _of_package(subject, environment, package, libraries)
                break


def _of_package(
    subject: Subject, environment: PythonEnvironment, package: Component, libraries: Sequence[Library]
) -> Iterator[Finding]:
    missing = [library for library in libraries if not library.is_there]
    old = [library for library in libraries if library.name == "cudnn" and library.is_too_old]
    if missing and _is_told(subject) and gpus(subject):
        yield _missing(subject, environment, package, libraries, missing)
    elif missing:
        yield _unknown(environment, package, missing)
    elif old:
        yield _too_old(environment, package, old[0])


def _is_told(subject: Subject) -> bool:
    """Whether what the system does not name of accelerators is not there."""
    return Layer.ACCELERATOR in subject.system.origin.complete


def _wanted(environment: PythonEnvironment, name: str) -> tuple[tuple[str, Version], ...] | None:
    """What the build wrote down, or the release was tested with; ``None`` for a build without CUDA."""
    version = environment.version(name)
    row = tensorflow_cuda().of(f"{version.major}.{version.minor}") if version else None
    if row is None or not environment.owned_libraries("cuda", name):
        return None
    return tuple(
        (library, _closer(environment.owned_libraries(library, name), Version(tested)))
        for library, tested in zip(_SHOWN, row, strict=True)
    )


def _closer(written: Sequence[Component], tested: Version) -> Version:
    """A build that wrote down a major version alone (cuDNN 9) was tested with a minor one of it."""
    version = _version(written[0].version) if written else None
    return tested if version is None or version.release == (tested.major,) else version


def _found(subject: Subject, environment: PythonEnvironment, library: str) -> tuple[Component, ...]:
    """NVIDIA's wheels, conda's packages, and what the system has."""
    beside = (one for one in environment.libraries if one.name == library and _is_wheel(one))
    stacks = {id(one): one.stack for one in (subject.snapshot, subject.system)}.values()
    return (*beside, *(one for stack in stacks for one in _of_system(stack, library)))


def _of_system(stack: Stack, library: str) -> Iterator[Component]:
    names = (library, *_CONDA_NAMES[library])
    for one in stack.layer(Layer.ACCELERATOR):
        if one.name in names and (one.ecosystem is Ecosystem.CONDA or owner_of(one)[:1] in ("", "/")):
            yield one
    for one in stack.layer(Layer.SYSTEM):
        if one.name.startswith(_SYSTEM_PACKAGES[library]):
            yield one


def _is_wheel(library: Component) -> bool:
    return owner_of(library).startswith("nvidia-")


def _fits_major(found: Component, wanted: Version) -> bool:
    version = _version(found.version)
    return version is None or version.major == wanted.major


def _version(text: str | None) -> Version | None:
    try:
        return Version(text or "")
    except InvalidVersion:
        return None


def _missing(
    subject: Subject,
    environment: PythonEnvironment,
    package: Component,
    libraries: Sequence[Library],
    missing: Sequence[Library],
) -> Finding:
    wanted = " and ".join(library.label for library in missing)
    remedy, command = _remedy(package, libraries)
    return Finding(
        rule=RULE.id,
        severity=Severity.WARNING,
        layer=Layer.ACCELERATOR,
        subject=package.name,
        at=environment.at,
        message=f"{package.label}: it finds no {wanted}, so that it computes on the processor and leaves "
        "the host's GPU unused",
        evidence=(*(_shown(library) for library in libraries), *shown_gpus(subject)),
        remedy=remedy,
        command=command,
        sources=tensorflow_cuda().sources,
    )


def _remedy(package: Component, libraries: Sequence[Library]) -> tuple[str, str]:
    """From 2.14 on one extra brings all of it along."""
    since = Version(tensorflow_cuda().and_cuda_since)
    version = _version(package.version)
    wanted = " and ".join(library.label for library in libraries)
    if package.name == "tensorflow" and version is not None and version >= since:
        requirement = f"tensorflow[and-cuda]=={version.public}"
        return f"install {requirement}, which brings {wanted} along", f'pip install "{requirement}"'
    return (
        f"install {wanted} in the system, as the image tensorflow/tensorflow:{package.version}-gpu has them, "
        f"or TensorFlow {since} or later with its extra and-cuda"
    ), ""


def _too_old(environment: PythonEnvironment, package: Component, library: Library) -> Finding:
    return Finding(
        rule=RULE.id,
        severity=Severity.ERROR,
        layer=Layer.ACCELERATOR,
        subject=package.name,
        at=environment.at,
        message=f"{package.label}: it was built with {library.label}, and refuses an older minor version: "
        "the first convolution on a GPU fails",
        evidence=(_shown(library),),
        remedy=f"install {library.label} or a later minor version of it",
        command=_upgrade(library),
        sources=tensorflow_cuda().sources,
    )


def _upgrade(library: Library) -> str:
    wheel = next((owner_of(one) for one in library.found if _is_wheel(one)), "")
    below = library.wanted.major + 1
    return f'pip install "{wheel}>={library.wanted},<{below}"' if wheel else ""


def _unknown(environment: PythonEnvironment, package: Component, missing: Sequence[Library]) -> Finding:
    wanted = " and ".join(library.label for library in missing)
    return Finding(
        rule=RULE.id,
        severity=Severity.UNKNOWN,
        layer=Layer.ACCELERATOR,
        subject=package.name,
        at=environment.at,
        message=f"{package.label}: it was built for {wanted}, and whether the host has these and a GPU is "
        "not known",
        evidence=tuple(_shown(library) for library in missing),
        remedy=NAME_THE_HOST,
    )


def _shown(library: Library) -> str:
    found = (f"{one.label} ({owner_of(one) or 'system'})" for one in library.found)
    return f"built for {library.label}; found: {', '.join(dict.fromkeys(found)) or 'none'}"


RULE = Rule(
    id="tensorflow-cuda",
    summary="TensorFlow does not find the CUDA and cuDNN that it was built for.",
    layer=Layer.ACCELERATOR,
    severity=Severity.ERROR,
    examine=examine,
)
