"""Rule ``cpu-instructions``: wheels that demand instructions that the host's processor does not have."""

from collections.abc import Iterator

from msgspec import Struct

from samestack.check.finding import Finding, Severity
from samestack.check.listed_texts import texts
from samestack.check.python_environment import PythonEnvironment, version_of
from samestack.check.rule import Rule
from samestack.check.subject import Subject
from samestack.knowledge.instruction_sets import DEMANDING, Demand, demands
from samestack.model import Component, Ecosystem, Layer


class _Wheel(Struct, frozen=True):
    """A package from the index that demands something of some version on."""

    environment: PythonEnvironment
    name: str
    package: Component


def examine(subject: Subject) -> Iterator[Finding]:
    """Hold what is known of some packages against the processor's instruction sets; for x86-64 alone.

    Where no processor is told, as of a root file system, nothing is: nearly all have what is demanded.
    """
    wheels = list(_wheels(subject))
    processor = next(iter(subject.host_components(Layer.HARDWARE, "cpu")), None) if wheels else None
    if processor is None or processor.facts.get("architecture") != "x86_64":
        return
    there = texts(processor.facts, "instruction_sets")
    for wheel in wheels if there else ():
        for demand in _demands(wheel):
            lacking = [one for one in demand.instructions if one not in there]
            if lacking:
                yield _finding(wheel, demand, lacking, processor)


def _wheels(subject: Subject) -> Iterator[_Wheel]:
    for environment in subject.pythons:
        for name, package in environment.each():
            if name in DEMANDING and _is_wheel(environment, package):
                yield _Wheel(environment, name, package)


def _is_wheel(environment: PythonEnvironment, package: Component) -> bool:
    """What was built elsewhere than for the index was built for other processors."""
    tags = texts(package.facts, "tags")
    is_of_index = not tags or any("manylinux" in tag for tag in tags)
    return package.ecosystem is Ecosystem.PYPI and is_of_index and not environment.is_repackaged(package)


def _demands(wheel: _Wheel) -> Iterator[Demand]:
    version = version_of(wheel.package)
    for demand in demands().demands if version else ():
        is_lifted = any(other in wheel.environment.packages for other in demand.unless)
        if wheel.name in demand.packages and version and demand.holds(version) and not is_lifted:
            yield demand


def _finding(wheel: _Wheel, demand: Demand, lacking: list[str], processor: Component) -> Finding:
    return Finding(
        rule=RULE.id,
        severity=Severity.ERROR,
        layer=Layer.HARDWARE,
        subject=wheel.name,
        at=wheel.environment.at,
        message=f"{wheel.package.label}: it needs {_named(lacking)}, which the processor does not have, and "
        "crashes or refuses to start",
        evidence=(demand.text, f"the processor, {processor.version or 'unnamed'}, lacks {_named(lacking)}"),
        remedy=demand.remedy,
        command=demand.command,
        sources=demand.sources,
    )


def _named(instructions: list[str]) -> str:
    return ", ".join(one.upper().replace("SSE4_", "SSE4.") for one in instructions)


RULE = Rule(
    id="cpu-instructions",
    summary="A package's wheel needs instructions that the processor does not have.",
    layer=Layer.HARDWARE,
    severity=Severity.ERROR,
    examine=examine,
)
