"""Small environments and hosts for the tests of rules, written as one would tell them."""

from collections.abc import Mapping

from samestack.check.subject import Subject
from samestack.model import (
    HOST_LAYERS,
    STACK_LAYERS,
    Component,
    Configuration,
    Ecosystem,
    Host,
    Layer,
    Origin,
    Remark,
    Snapshot,
    Stack,
    Standing,
    Value,
)

NOTHING: Mapping[str, Value] = {}


def package(
    name: str, version: str, facts: Mapping[str, Value] = NOTHING, *, at: str = "", **more: Value
) -> Component:
    """A distribution of the Python package index, with its facts as a deep capture tells them."""
    return Component(
        layer=Layer.PACKAGES,
        ecosystem=Ecosystem.PYPI,
        name=name,
        at=at,
        version=version,
        facts={**facts, **more},
    )


def python(version: str = "3.10.13", at: str = "", **facts: Value) -> Component:
    """An interpreter."""
    return Component(
        layer=Layer.PYTHON,
        ecosystem=Ecosystem.GENERIC,
        name="python",
        at=at,
        version=version,
        facts={"implementation": "cpython", **facts},
    )


def library(name: str, owner: str, version: str | None = None, *, layer: Layer = Layer.SYSTEM) -> Component:
    """A native library that a package brings."""
    return Component(layer=layer, ecosystem=Ecosystem.GENERIC, name=name, at=owner, version=version)


def cuda(owner: str, version: str) -> Component:
    """The CUDA that a package was built for."""
    return library("cuda", owner, version, layer=Layer.ACCELERATOR)


def generic(layer: Layer, name: str, version: str | None = None, at: str = "", **facts: Value) -> Component:
    """Anything else: a C library, a driver, a GPU."""
    return Component(layer=layer, ecosystem=Ecosystem.GENERIC, name=name, at=at, version=version, facts=facts)


def glibc(version: str = "2.36") -> Component:
    """The C library of a system."""
    return generic(Layer.OS, "glibc", version, architecture="x86_64")


def driver(version: str, highest_cuda: str) -> Component:
    """NVIDIA's driver."""
    return generic(Layer.DRIVER, "nvidia-driver", version, highest_cuda=highest_cuda)


def gpu(name: str, capability: str) -> Component:
    """A GPU by its name and compute capability."""
    return generic(Layer.HARDWARE, "gpu", name, "0", vendor="nvidia", compute_capability=capability)


def cpu(*instruction_sets: str, architecture: str = "x86_64") -> Component:
    """A processor with the instruction sets that Linux names."""
    return generic(
        Layer.HARDWARE,
        "cpu",
        "a processor",
        architecture=architecture,
        instruction_sets=tuple(sorted(instruction_sets)),
    )


def snapshot(
    *components: Component,
    kind: str = "venv",
    standing: Standing = Standing.OBSERVED,
    complete: tuple[Layer, ...] = (*HOST_LAYERS, *STACK_LAYERS),
    remarks: tuple[Remark, ...] = (),
    deep: bool = True,
) -> Snapshot:
    """A snapshot of these components; by default a deep one of a venv that tells everything."""
    return Snapshot(
        origin=Origin(
            reference=f"{kind}:somewhere",
            kind=kind,
            standing=standing,
            captured_at="2026-11-01T00:00:00Z",
            captured_by="samestack test",
            complete=complete,
            deep=deep,
        ),
        stack=Stack.of(components),
        host=Host.of(components),
        configuration=Configuration.of(components),
        remarks=remarks,
    )


def subject(
    *components: Component, host: Snapshot | None = None, remarks: tuple[Remark, ...] = ()
) -> Subject:
    """A deep snapshot of these components, on its own machine or on another host."""
    return Subject(snapshot(*components, remarks=remarks), host)
