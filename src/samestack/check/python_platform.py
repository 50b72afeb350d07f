"""What an interpreter was built for: a processor architecture and a C library, by its facts."""

from typing import Final

from samestack.model import Component

# Debian's names of architectures, which CPython uses, where uname has another one.
_UNAME: Final = {"arm": "armv7l", "i386": "i686", "powerpc64le": "ppc64le"}
_64_BIT: Final = frozenset({"aarch64", "loongarch64", "ppc64le", "riscv64", "s390x", "x86_64"})


def architecture_of(interpreter: Component) -> str:
    """The architecture as uname names it, ``x86_64``; empty where the interpreter does not tell it."""
    name = _platform(interpreter).partition("-")[0]
    return _UNAME.get(name, name)


def machine_of(interpreter: Component) -> str:
    """What the interpreter sees as its machine; empty for a 32-bit one, which may run on either kind."""
    architecture = architecture_of(interpreter)
    return architecture if architecture in _64_BIT else ""


def c_library_of(interpreter: Component) -> str:
    """``glibc`` or ``musl``; empty where the interpreter does not tell it."""
    last = _platform(interpreter).rpartition("-")[2]
    kinds = (("gnu", "glibc"), ("musl", "musl"))
    return next((library for start, library in kinds if last.startswith(start)), "")


def _platform(interpreter: Component) -> str:
    """``x86_64-linux-gnu``: its own fact or, where that is missing, the end of what names its modules."""
    stated = str(interpreter.facts.get("platform", ""))
    return stated or "-".join(str(interpreter.facts.get("abi", "")).split("-")[2:])
