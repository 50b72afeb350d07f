"""Whether a package of a lock is there at all: one for every platform holds what excludes each other."""

from samestack.check.python_environment import PythonEnvironment
from samestack.compare.markers import applicable
from samestack.model import Component, Stack


def applies(environment: PythonEnvironment, package: Component) -> bool | None:
    """Whether a package's marker holds; ``None`` where it has one and no Python is known exactly."""
    if package.marker is None:
        return True
    if environment.markers is None:
        return None
    return bool(applicable(Stack.of((package,)), environment.markers))


def present(environment: PythonEnvironment, name: str) -> Component | None:
    """The one package of that name that is certainly there."""
    found = [one for one in environment.packages.get(name, ()) if applies(environment, one) is not False]
    return found[0] if len(found) == 1 and applies(environment, found[0]) else None
