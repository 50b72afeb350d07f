"""A Python's interpreter, read and not run."""

from collections.abc import Iterator

from msgspec import Struct

from samestack.capture.observation import Observation
from samestack.capture.probes.python.build_settings import BuildSettings, read_build_settings
from samestack.capture.probes.python.installation import Installation
from samestack.capture.probes.python.interpreter_binary import InterpreterBinary, read_interpreter_binary
from samestack.capture.probes.python.python_layout import resolved, standard_library
from samestack.capture.probes.python.stated_version import read_stated_version
from samestack.capture.probes.python.venv_configuration import FILE_NAME
from samestack.capture.probes.remarks import python_remark, shown_path
from samestack.capture.tree import Tree
from samestack.model import Component, Ecosystem, Layer, Remark, Value


class _Interpreter(Struct, frozen=True, kw_only=True):
    """What is known of an interpreter that is there."""

    version: str = ""
    compiler: str = ""
    settings: BuildSettings = BuildSettings()
    implementation_version: str = ""


def read_interpreter(tree: Tree, installation: Installation, *, at: str = "") -> Observation:
    """The interpreter as one component of layer python, with what is odd about it.

    The version is that of the interpreter that is there now. Of a virtual environment whose interpreter is
    gone it is the one that pyvenv.cfg remembers.
    """
    base = installation if installation.configuration is None else installation.base
    found = _Interpreter() if base is None else _read(tree, base)
    remarks = tuple(_oddities(tree, installation, found))
    return Observation((_component(installation, found, at),), remarks)


def _read(tree: Tree, base: Installation) -> _Interpreter:
    library = standard_library(tree, base.prefix, base.library_name)
    settings = read_build_settings(tree, library) if library else BuildSettings()
    binary = _binary(tree, base, settings)
    stated = None if binary.version else read_stated_version(tree, base.prefix, base.library_name)
    return _Interpreter(
        version=binary.version or (stated.version if stated else ""),
        compiler=binary.compiler,
        settings=settings,
        implementation_version=stated.implementation_version if stated else "",
    )


def _binary(tree: Tree, base: Installation, settings: BuildSettings) -> InterpreterBinary:
    """The executable's constants, or those of the shared library that it is but a door to."""
    if base.implementation != "cpython":
        return InterpreterBinary()
    lib = f"{base.prefix.rstrip('/')}/lib"
    shared = [
        f"{directory}/{settings.library}" for directory in (lib, f"{lib}64", f"{lib}/{settings.platform}")
    ]
    for path in (resolved(tree, base.executable), *(shared if settings.library else ())):
        binary = read_interpreter_binary(tree, path, base.version) if path else InterpreterBinary()
        if binary.version or binary.compiler:
            return binary
    return InterpreterBinary()


def _component(installation: Installation, found: _Interpreter, at: str) -> Component:
    configuration = installation.configuration
    remembered = configuration.version if configuration else ""
    return Component(
        layer=Layer.PYTHON,
        ecosystem=Ecosystem.GENERIC,
        name="python",
        at=at,
        version=found.version or remembered or installation.version or None,
        build=", ".join(filter(None, (found.settings.soabi, found.compiler))) or None,
        facts=_facts(installation, found),
        circumstances=_circumstances(installation),
    )


def _facts(installation: Installation, found: _Interpreter) -> dict[str, Value]:
    settings = found.settings
    known: dict[str, Value] = {
        "implementation": installation.implementation if installation.library_name else "",
        "implementation_version": found.implementation_version,
        "abi": settings.soabi,
        "platform": settings.platform,
        "pointer_bits": settings.pointer_bits,
        "free_threaded": settings.is_free_threaded or installation.library_name.endswith("t"),
        "debug": settings.is_debug,
    }
    return {name: value for name, value in known.items() if value}


def _circumstances(installation: Installation) -> dict[str, Value]:
    configuration, base = installation.configuration, installation.base
    known: dict[str, Value] = {
        "executable": shown_path(installation.executable),
        "prefix": shown_path(installation.prefix),
        "base_prefix": shown_path(base.prefix) if base else "",
        "created_by": configuration.created_by if configuration else "",
        "uses_base_packages": configuration is not None and configuration.uses_base_packages,
    }
    return {name: value for name, value in known.items() if value}


def _oddities(tree: Tree, installation: Installation, found: _Interpreter) -> Iterator[Remark]:
    configuration, base = installation.configuration, installation.base
    if configuration is None:
        return
    place = f"{installation.prefix}/{FILE_NAME}"
    if configuration.problem:
        yield python_remark(
            tree, "malformed-pyvenv-cfg", f"{FILE_NAME} was not understood: {configuration.problem}", place
        )
    if base is None:
        wanted = shown_path(configuration.home) or "an unknown directory"
        message = f"the interpreter is gone: the environment was made with the one in {wanted}; make it anew"
        yield python_remark(tree, "interpreter-gone", message, installation.executable)
    elif _is_other(configuration.version, found.version or base.version):
        message = (
            f"the environment was made with Python {configuration.version}, its interpreter is now "
            f"{found.version or base.version}"
        )
        yield python_remark(tree, "interpreter-changed", message, place)
    if base is not None and installation.library_name != base.library_name:
        message = f"{base.library_name} does not see the packages, installed for {installation.library_name}"
        yield python_remark(tree, "packages-unseen", message, installation.prefix)


def _is_other(made_with: str, now: str) -> bool:
    """Whether two versions differ; one may be a series only."""
    if not made_with or not now:
        return False
    shared = min(made_with.count("."), now.count(".")) + 1
    return made_with.split(".")[:shared] != now.split(".")[:shared]
