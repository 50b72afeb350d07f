"""Which packages of an environment were built for a CUDA, as a capture tells it or as a lock names them."""

from collections.abc import Iterable, Iterator
from enum import StrEnum
from typing import Final

from msgspec import Struct

from samestack.check.presence import applies
from samestack.check.python_environment import PythonEnvironment, owner_of
from samestack.check.subject import Subject
from samestack.model import Layer, Standing

_FRAMEWORKS: Final = ("torch", "tensorflow", "tensorflow-gpu")
"""Those whose name and version do not always tell for which CUDA they were built, the best known first."""
_RUNTIME: Final = "nvidia-cuda-runtime"
_FIRST_WITHOUT_MINOR: Final = 11


class Kind(StrEnum):
    """How a package stands to a CUDA."""

    BUILT = "built"
    """It was built for it, and says so."""
    BUNDLES = "bundles"
    """It holds a copy of the runtime, whose file name tells the major version alone."""
    LIBRARY = "library"
    """It is the runtime, for others."""


class CudaBuild(Struct, frozen=True):
    """A package and its CUDA."""

    package: str
    version: str
    """The package's own."""
    cuda: str
    """``12.4``, or ``12`` where only that is known."""
    kind: Kind

    @property
    def label(self) -> str:
        """``torch 2.3.0``."""
        return f"{self.package} {self.version}".rstrip()

    @property
    def series(self) -> str:
        """What is known of it: ``12.4`` of ``12.4.127``, or ``12``."""
        return ".".join(self.cuda.split(".")[: 2 if self.tells_minor else 1])

    @property
    def major(self) -> str:
        """``12``."""
        return self.cuda.partition(".")[0]

    @property
    def tells_minor(self) -> bool:
        """Whether the minor version is told, too: since CUDA 11 the runtime's file name does not."""
        return "." in self.cuda and (self.kind is not Kind.BUNDLES or int(self.major) < _FIRST_WITHOUT_MINOR)


def cuda_builds(subject: Subject, environment: PythonEnvironment) -> tuple[CudaBuild, ...]:
    """Every package with a CUDA: frameworks first, libraries last."""
    is_observed = subject.snapshot.origin.standing is Standing.OBSERVED
    captured = tuple(_captured(environment))
    found = captured if captured or is_observed else tuple(_named(environment))
    return tuple(sorted(found, key=_order))


def build_of(builds: Iterable[CudaBuild], package: str) -> CudaBuild | None:
    """What one package was built for; ``None`` where it was built for no CUDA."""
    return next((build for build in builds if build.package == package), None)


def is_framework(build: CudaBuild) -> bool:
    """Whether a package computes with CUDA by itself, and is no library for others."""
    return build.kind is Kind.BUILT


def _captured(environment: PythonEnvironment) -> Iterator[CudaBuild]:
    for library in environment.libraries:
        if library.layer is Layer.ACCELERATOR and library.name == "cuda" and _is_release(library.version):
            owner = owner_of(library)
            is_bundled = "files" in library.circumstances
            yield _build(environment, owner, str(library.version), Kind.BUNDLES if is_bundled else Kind.BUILT)


def _named(environment: PythonEnvironment) -> Iterator[CudaBuild]:
    """What a lock tells: names and versions, and the runtime that a framework brings along."""
    from samestack.capture.probes.binaries.wheel_accelerators import named_accelerators  # for locks alone

    named = {
        name: cuda
        for name, one in environment.each()
        if applies(environment, one) is not False
        and _is_release(cuda := named_accelerators(name, one.version).get("cuda"))
        and cuda
    }
    runtime = next((cuda for name, cuda in named.items() if name.startswith(_RUNTIME)), None)
    for framework in _FRAMEWORKS if runtime else ():
        version = environment.version(framework)
        if version is not None and version.local is None and runtime:
            named.setdefault(framework, runtime)
    for name, cuda in named.items():
        yield _build(environment, name, cuda, Kind.BUILT)


def _is_release(cuda: str | None) -> bool:
    """Whether a text is a release of CUDA: a build for Windows writes down ``64_112``."""
    return bool(cuda) and all(part.isdecimal() for part in str(cuda).split("."))


def _build(environment: PythonEnvironment, owner: str, cuda: str, kind: Kind) -> CudaBuild:
    package = environment.package(owner)
    version = package.version if package and package.version else ""
    return CudaBuild(owner, version, cuda, Kind.LIBRARY if owner.startswith("nvidia-") else kind)


def _order(build: CudaBuild) -> tuple[int, int, str]:
    known = _FRAMEWORKS.index(build.package) if build.package in _FRAMEWORKS else len(_FRAMEWORKS)
    return (tuple(Kind).index(build.kind), known, build.package)
