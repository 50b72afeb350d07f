"""The Python and the system that the wheels of an environment must fit, as far as a snapshot tells them."""

from typing import Final

from samestack.check.python_environment import PythonEnvironment
from samestack.check.python_platform import architecture_of, c_library_of
from samestack.check.subject import Subject
from samestack.check.wheel_support import Target
from samestack.model import Component, Layer

_KINDS: Final = {"cpython": "cp", "pypy": "pp"}
# A 32-bit Arm processor runs what was built for older ones; wheels are labelled with either name.
_ARM: Final = frozenset({"armv6l", "armv7l", "armv8l"})


def target_of(environment: PythonEnvironment, subject: Subject) -> Target:
    """What wheels must fit: the interpreter, on the system that it runs on."""
    interpreter = environment.interpreter
    library = _c_library(interpreter, subject)
    architecture = architecture_of(interpreter) if interpreter else ""
    if not architecture and library is not None:
        architecture = str(library.facts.get("architecture", ""))
    return Target(
        kind=_KINDS.get(str(interpreter.facts.get("implementation", "")), "") if interpreter else "",
        version=_series(environment),
        abis=_abis(environment),
        architectures=_ARM if architecture in _ARM else frozenset({architecture} - {""}),
        c_library=library.name if library else c_library_of(interpreter) if interpreter else "",
        c_library_version=series_in(library.version or "") if library else None,
    )


def module_abis(target: Target) -> frozenset[str]:
    """How its extension modules are named, as the fact ``extension_abis`` has it: ``cpython-311``."""
    return frozenset(
        f"cpython-{abi.removeprefix('cp')}" if abi.startswith("cp") else abi.replace("_", "-")
        for abi in target.abis
    )


def _c_library(interpreter: Component | None, subject: Subject) -> Component | None:
    """The one that the interpreter was built for, where the system has it; else the system's."""
    built_for = c_library_of(interpreter) if interpreter else ""
    names = (built_for, "glibc", "musl") if built_for else ("glibc", "musl")
    found = (subject.system_component(Layer.OS, name) for name in names)
    return next((one for one in found if one is not None), None)


def _series(environment: PythonEnvironment) -> tuple[int, int] | None:
    version = environment.python_version
    return None if version is None else (version.major, version.minor)


def _abis(environment: PythonEnvironment) -> tuple[str, ...]:
    interpreter, series = environment.interpreter, _series(environment)
    if interpreter is None or series is None:
        return ()
    kind, _, rest = str(interpreter.facts.get("abi", "")).partition("-")
    name = rest.partition("-")[0]  # 311 of cpython-311-x86_64-linux-gnu
    if kind == "cpython" and name:
        # A debug build imports the modules of the usual one too (bpo-36721), since 3.8.
        usual = [f"cp{name.replace('d', '')}"] if series >= (3, 8) else []
        return tuple(dict.fromkeys((f"cp{name}", *usual)))
    if kind.startswith("pypy") and name:
        return (f"{kind}_{name}",)
    if interpreter.facts.get("implementation") != "cpython":
        return ()
    flags = "t" if interpreter.facts.get("free_threaded") else "m" if series < (3, 8) else ""
    return (f"cp{series[0]}{series[1]}{flags}",)


def series_in(version: str) -> tuple[int, int] | None:
    """The first two numbers of a version: ``(2, 36)``."""
    parts = version.split(".")[:2]
    is_read = len(parts) == 2 and all(one.isascii() and one.isdecimal() and len(one) < 5 for one in parts)
    return (int(parts[0]), int(parts[1])) if is_read else None
