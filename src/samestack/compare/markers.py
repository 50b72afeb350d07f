"""What of a declaration applies in a given environment."""

from collections.abc import Iterable, Mapping

from msgspec import structs
from packaging.markers import InvalidMarker, Marker, UndefinedComparison, UndefinedEnvironmentName

from samestack.model import Component, Host, Layer, Stack

_IMPLEMENTATIONS = {"cpython": "CPython", "pypy": "PyPy"}


def marker_environment(stack: Stack, host: Host) -> Mapping[str, str] | None:
    """The values that markers are evaluated with, or ``None`` where no single Python is known exactly.

    Markers ask for more than a snapshot tells (the kernel's own words): what it does not tell is empty.
    """
    pythons = [one for one in stack.layer(Layer.PYTHON) if one.name == "python" and one.version]
    if len(pythons) != 1 or pythons[0].version is None:
        return None
    version = pythons[0].version
    implementation = str(pythons[0].facts.get("implementation", "cpython"))
    return {
        "implementation_name": implementation,
        "implementation_version": version,
        "os_name": "posix",
        "platform_machine": _architecture(host),
        "platform_python_implementation": _IMPLEMENTATIONS.get(implementation, implementation),
        "platform_release": "",
        "platform_system": "Linux",
        "platform_version": "",
        "python_full_version": version,
        "python_version": ".".join(version.split(".")[:2]),
        "sys_platform": "linux",
        "extra": "",
    }


def applicable(stack: Stack, environment: Mapping[str, str]) -> Stack:
    """The stack without what its markers exclude there, and without those markers that hold."""
    return Stack.of(_applying(stack, environment))


def _applying(components: Iterable[Component], environment: Mapping[str, str]) -> Iterable[Component]:
    for component in components:
        if component.marker is None:
            yield component
        elif _holds(component.marker, environment):
            yield structs.replace(component, marker=None)


def _holds(marker: str, environment: Mapping[str, str]) -> bool:
    try:
        return Marker(marker).evaluate(dict(environment))
    except (InvalidMarker, UndefinedComparison, UndefinedEnvironmentName):
        # Nothing can be concluded from a marker that cannot be evaluated: what it guards is kept.
        return True


def _architecture(host: Host) -> str:
    processors = (one for one in host.layer(Layer.HARDWARE) if one.name == "cpu")
    return next((str(one.facts.get("architecture", "")) for one in processors), "") or "x86_64"
