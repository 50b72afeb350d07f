"""Rule ``cuda-majors``: several major versions of CUDA in one environment."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from samestack.check.finding import Finding, Severity
from samestack.check.presence import applies, present
from samestack.check.python_environment import PythonEnvironment
from samestack.check.rule import Rule
from samestack.check.rules.accelerator.cuda_builds import cuda_builds, is_framework
from samestack.check.subject import Subject
from samestack.model import Component, Layer

_SOURCE: Final = "https://github.com/pytorch/pytorch/blob/main/torch/__init__.py"
_NVIDIA: Final = "nvidia-(?P<library>[a-z-]+?)-cu(?P<major>[0-9]{2})"
_ONE_FILE: Final = {"cudnn": "libcudnn.so", "nccl": "libnccl.so", "cusparselt": "libcusparseLt.so"}
"""Libraries whose file is named the same in the wheels for every CUDA: of two, one overwrites the other."""


def examine(subject: Subject) -> Iterator[Finding]:
    """Sort NVIDIA's wheels, and what was built for a CUDA, by major version."""
    for environment in subject.pythons:
        wheels = _wheels(environment)
        frameworks = _frameworks(subject, environment)
        majors = sorted({*frameworks, *(major for by_major in wheels.values() for major in by_major)})
        if len(majors) > 1:
            yield _finding(environment, majors, frameworks, wheels)


def _wheels(environment: PythonEnvironment) -> dict[str, dict[str, Component]]:
    """NVIDIA's wheels by library and by major version of CUDA."""
    found: dict[str, dict[str, Component]] = defaultdict(dict)
    for name, one in environment.each():
        match = re.fullmatch(_NVIDIA, name) if name.startswith("nvidia-") else None
        if match is not None and applies(environment, one):
            found[match["library"]][match["major"]] = one
    return found


def _frameworks(subject: Subject, environment: PythonEnvironment) -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for build in cuda_builds(subject, environment):
        if is_framework(build) and present(environment, build.package):
            found[build.major].append(build.label)
    return found


def _finding(
    environment: PythonEnvironment,
    majors: Sequence[str],
    frameworks: Mapping[str, Sequence[str]],
    wheels: Mapping[str, Mapping[str, Component]],
) -> Finding:
    overwritten = [name for name in _ONE_FILE if len(wheels.get(name, {})) > 1]
    message, severity = _verdict(frameworks, wheels, overwritten)
    return Finding(
        rule=RULE.id,
        severity=severity,
        layer=Layer.ACCELERATOR,
        subject="cuda",
        at=environment.at,
        message=f"CUDA {' and '.join(majors)} in one environment: {message}",
        evidence=tuple(_told(major, frameworks, wheels) for major in majors),
        remedy="install builds for one CUDA, and uninstall NVIDIA's wheels for the others",
        sources=(_SOURCE,),
    )


def _verdict(
    frameworks: Mapping[str, Sequence[str]],
    wheels: Mapping[str, Mapping[str, Component]],
    overwritten: Sequence[str],
) -> tuple[str, Severity]:
    if overwritten:
        several = " and ".join(one.label for one in wheels[overwritten[0]].values())
        file = _ONE_FILE[overwritten[0]]
        return f"{several} install the same {file}, and the last one counts for both", Severity.WARNING
    if len(frameworks) > 1:
        several = " and ".join(labels[0] for _, labels in sorted(frameworks.items()))
        return f"{several} load different ones into one process, where they can disturb each other", (
            Severity.WARNING
        )
    return "nothing that is known here uses more than one of them", Severity.NOTE


def _told(
    major: str,
    frameworks: Mapping[str, Sequence[str]],
    wheels: Mapping[str, Mapping[str, Component]],
) -> str:
    libraries = [by_major[major].label for by_major in wheels.values() if major in by_major]
    return f"CUDA {major}: {', '.join([*frameworks.get(major, ()), *libraries])}"


RULE = Rule(
    id="cuda-majors",
    summary="Packages of one environment bring or use several major versions of CUDA.",
    layer=Layer.ACCELERATOR,
    severity=Severity.WARNING,
    examine=examine,
)
