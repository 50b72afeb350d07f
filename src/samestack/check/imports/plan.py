"""Which modules of which packages are worth an import."""

from collections.abc import Iterator
from typing import Final

from msgspec import Struct

from samestack.check.python_environment import PythonEnvironment
from samestack.model import Component, normalized_python_name

_NOT_FOR_USERS: Final = frozenset(
    (
        "benchmark",
        "benchmarks",
        "build",
        "conftest",
        "doc",
        "docs",
        "example",
        "examples",
        "sample",
        "samples",
        "script",
        "scripts",
        "setup",
        "test",
        "testing",
        "tests",
    )
)
"""What packages drop beside their modules by accident."""

_PLUGINS: Final = frozenset({"tensorflow-io-gcs-filesystem"})
"""What another package loads by itself, and what fails when it is loaded a second time."""

_KNOWN_FOR: Final = {"protobuf": ("google.protobuf.descriptor",)}
"""Modules that tell more of a package than its top-level one, which is a namespace that nothing can break."""


class Package(Struct, frozen=True, kw_only=True):
    """One package to be imported, in the form in which the interpreter's script reads it."""

    name: str
    modules: tuple[str, ...]
    """The one that it is known for first."""
    perhaps: tuple[str, ...] = ()
    """Those that are imported only if they are there."""


def packages_to_import(environment: PythonEnvironment) -> tuple[Package, ...]:
    """Every package that brings a module, by name; what is private only where there is nothing else."""
    return tuple(
        Package(name=name, modules=modules, perhaps=tuple(_spelled_out(name, modules)))
        for name, component in sorted(environment.each(), key=lambda pair: pair[0])
        if name not in _PLUGINS and (modules := _modules(name, component))
    )


def _modules(name: str, component: Component) -> tuple[str, ...]:
    stated = component.facts.get("modules", ())
    found = [one for one in stated if _is_for_users(one, name)] if isinstance(stated, tuple) else []
    public = [one for one in found if not one.startswith("_")] or found
    known = _KNOWN_FOR.get(name, ())
    return tuple(dict.fromkeys((*known, *sorted(public, key=lambda one: (not is_namesake(one, name), one)))))


def is_namesake(module: str, package: str) -> bool:
    """Whether a module is named as its package is."""
    return normalized_python_name(module.lstrip("_")) == package


def _is_for_users(module: str, package: str) -> bool:
    return module not in _NOT_FOR_USERS or is_namesake(module, package)


def _spelled_out(name: str, modules: tuple[str, ...]) -> Iterator[str]:
    """``google.cloud.storage`` for google-cloud-storage: its part of a namespace that it shares."""
    first, dash, _ = name.partition("-")
    if dash and first in modules:
        dotted = name.replace("-", ".")
        if all(part.isidentifier() for part in dotted.split(".")):
            yield dotted
