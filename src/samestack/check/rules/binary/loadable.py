"""What the system offers the compiled files of an environment: a C library, and shared libraries."""

from typing import Final

from samestack.check.listed_texts import texts
from samestack.check.python_environment import PythonEnvironment
from samestack.check.subject import Subject
from samestack.model import Component, Layer

_OF_GLIBC: Final = frozenset(
    {"libc", "libm", "libmvec", "libdl", "libpthread", "librt", "libutil", "libresolv", "libanl", "libnsl"}
)


def c_library(subject: Subject) -> Component | None:
    """The C library; of a system that has both, glibc."""
    return subject.system_component(Layer.OS, "glibc") or subject.system_component(Layer.OS, "musl")


def is_of_glibc(soname: str) -> bool:
    """Whether a library is a part of glibc itself."""
    return soname.partition(".so.")[0] in _OF_GLIBC or soname.startswith(("ld-linux", "ld64.so"))


def is_of_musl(soname: str) -> bool:
    """Whether a library is musl."""
    return soname.startswith("libc.musl-")


def loadable(subject: Subject, environment: PythonEnvironment) -> frozenset[str] | None:
    """The libraries that are found by name: the system's, the packages', and those of a conda prefix.

    ``None`` where it was not read what the system has.
    """
    system = c_library(subject)
    own = () if system is None else texts(system.circumstances, "libraries")
    if not own:
        return None
    brought = (name for _, package in environment.each() for name in texts(package.facts, "provides"))
    return frozenset((*own, *_of_prefix(environment), *brought))


def brings_its_own(environment: PythonEnvironment, soname: str) -> bool:
    """Whether it is not the system's library that is loaded: a conda prefix or a package brings another."""
    brought = (name for _, package in environment.each() for name in texts(package.facts, "provides"))
    return soname in _of_prefix(environment) or soname in brought


def is_found(soname: str, libraries: frozenset[str]) -> bool:
    """Whether it is there; ``libgomp.so.1`` stands for the ``libgomp.so.1.0.0`` that it is a link to."""
    while soname not in libraries:
        soname = soname.rpartition(".")[0]
        if ".so." not in soname:
            return False
    return True


def _of_prefix(environment: PythonEnvironment) -> tuple[str, ...]:
    interpreter = environment.interpreter
    return () if interpreter is None else texts(interpreter.circumstances, "libraries")
