"""Rule ``torch-companions``: torchvision, torchaudio and others that were built for another torch."""

import re
from collections.abc import Iterator
from typing import Final

from packaging.version import Version

from samestack.check.finding import Finding, Severity
from samestack.check.python_environment import PythonEnvironment, requirements_of
from samestack.check.rule import Rule
from samestack.check.rules.accelerator.torch_variant import Variant, variant_finding
from samestack.check.subject import Subject
from samestack.knowledge.accelerators import torch_companions
from samestack.model import Component, Layer

_TABLED: Final = ("torchvision", "torchaudio", "torchtext")
_EXTENSIONS: Final = ("torch-scatter", "torch-sparse", "torch-cluster", "torch-spline-conv", "pyg-lib")
"""PyTorch Geometric's compiled parts: ``2.1.2+pt23cu121`` was built for torch 2.3 with CUDA 12.1."""
_PYG: Final = "https://pytorch-geometric.readthedocs.io/en/latest/install/installation.html"
_BUILT_FOR: Final = r"pt(?P<major>\d)(?P<minor>\d{1,2})(?P<variant>cpu|cu\d{2,3})"


def examine(subject: Subject) -> Iterator[Finding]:
    """Hold the release and the variant of every companion against torch's."""
    for environment in subject.pythons:
        torch = environment.version("torch")
        if torch is None:
            continue
        for name in _TABLED:
            yield from _of_tabled(subject, environment, name, torch)
        for name in _EXTENSIONS:
            yield from _of_extension(environment, name, torch)


def _of_tabled(
    subject: Subject, environment: PythonEnvironment, name: str, torch: Version
) -> Iterator[Finding]:
    package, version = environment.package(name), environment.version(name)
    if package is None or version is None:
        return
    wanted = None if _pins_torch(package) else _wanted(name, version, torch)
    if wanted is not None:
        yield _other_release(environment, package, torch, wanted)
    elif torch_companions().of(name).refusal:  # torchtext has no code for GPUs: all its variants are one
        yield from variant_finding(subject, environment, Variant(RULE.id, name, package, version))


def _pins_torch(package: Component) -> bool:
    """Whether its metadata asks for one torch: then the requirements tell whether it is the right one."""
    specifiers = (one.specifier for one in requirements_of(package) if one.name == "torch")
    return any(part.operator == "==" for specifier in specifiers for part in specifier)


def _wanted(name: str, version: Version, torch: Version) -> str | None:
    """The torch that a release was built for, where it is another one; ``None`` for what is not known."""
    table = torch_companions().of(name)
    series = _series(version)
    built_for = table.torch.get(series)
    if built_for is None or built_for == _series(torch):
        return None
    is_later = Version(built_for).release < torch.release
    return None if is_later and series in table.and_later else built_for


def _other_release(
    environment: PythonEnvironment, package: Component, torch: Version, wanted: str
) -> Finding:
    table = torch_companions().of(package.name)
    fitting = next((one for one, of in table.torch.items() if of == _series(torch)), None)
    other = f", or {package.name} {fitting} beside the present one" if fitting else ""
    return Finding(
        rule=RULE.id,
        severity=Severity.ERROR,
        layer=Layer.PACKAGES,
        subject=package.name,
        at=environment.at,
        message=f"{package.label}: it was built for torch {wanted}, and torch {torch} is installed: "
        "its compiled parts cannot be loaded",
        evidence=(f"installed: {package.label}", f"installed: torch {torch}"),
        remedy=f"install torch {wanted}{other}",
        command=f'pip install "{package.name}=={fitting}.*"'
        if fitting
        else f'pip install "torch=={wanted}.*"',
        sources=table.sources,
    )


def _of_extension(environment: PythonEnvironment, name: str, torch: Version) -> Iterator[Finding]:
    package, version = environment.package(name), environment.version(name)
    match = re.fullmatch(_BUILT_FOR, version.local or "") if version else None
    if package is None or match is None or f"{match['major']}.{match['minor']}" == _series(torch):
        return
    yield Finding(
        rule=RULE.id,
        severity=Severity.ERROR,
        layer=Layer.PACKAGES,
        subject=name,
        at=environment.at,
        message=f"{package.label}: it was built for torch {match['major']}.{match['minor']}, and torch "
        f"{torch} is installed: its compiled parts cannot be loaded",
        evidence=(f"installed: {package.label}", f"installed: torch {torch}"),
        remedy=f"install the build of {name} for torch {_series(torch)}",
        sources=(_PYG,),
    )


def _series(version: Version) -> str:
    return f"{version.major}.{version.minor}"


RULE = Rule(
    id="torch-companions",
    summary="A package with compiled code for torch was built for another release or variant of it.",
    layer=Layer.PACKAGES,
    severity=Severity.ERROR,
    examine=examine,
)
