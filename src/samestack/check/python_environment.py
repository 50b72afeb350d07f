"""One Python of a snapshot with everything that it imports, as rules want to look at it."""

from collections.abc import Iterator, Mapping
from functools import cached_property

from packaging.requirements import InvalidRequirement, Requirement
from packaging.version import InvalidVersion, Version

from samestack.model import Component


class PythonEnvironment:
    """An interpreter, its packages and the native libraries that these bring along."""

    def __init__(
        self,
        *,
        at: str,
        interpreter: Component | None,
        packages: Mapping[str, tuple[Component, ...]],
        libraries: tuple[Component, ...],
        markers: Mapping[str, str] | None,
    ) -> None:
        self.at = at
        """The place that tells it from other Pythons of the snapshot; empty for the only one."""
        self.interpreter = interpreter
        self.packages = packages
        """By the normalised name that the Python index has; several where metadata is doubled."""
        self.libraries = libraries
        """Native libraries, of the layers system and accelerator; see :func:`owner_of`."""
        self.markers = markers
        """The values of environment markers; ``None`` where no Python is known exactly."""

    def package(self, name: str) -> Component | None:
        """The package of that normalised name; the first one where metadata is doubled."""
        return next(iter(self.packages.get(name, ())), None)

    def version(self, name: str) -> Version | None:
        """The version of a package; ``None`` where it is absent, doubled or unreadable."""
        found = self.packages.get(name, ())
        return version_of(found[0]) if len(found) == 1 else None

    @cached_property
    def python_version(self) -> Version | None:
        """The interpreter's version, where it is known."""
        return None if self.interpreter is None else version_of(self.interpreter)

    def owned_libraries(self, name: str, owner: str) -> tuple[Component, ...]:
        """The native libraries of a name that a package brings: ``owned_libraries("cuda", "torch")``."""
        return tuple(one for one in self.libraries if one.name == name and owner_of(one) == owner)

    def each(self) -> Iterator[tuple[str, Component]]:
        """Every package with its normalised name, doubled ones one by one."""
        return ((name, one) for name, several in self.packages.items() for one in several)


def version_of(component: Component) -> Version | None:
    """A component's version as PEP 440 reads it; ``None`` where it cannot be read."""
    try:
        return Version(component.version or "")
    except InvalidVersion:
        return None


def owner_of(library: Component) -> str:
    """The package that brings a native library; empty for one that the system has."""
    return library.at.rpartition(":")[2]


def requirements_of(component: Component) -> Iterator[Requirement]:
    """What a package requires by its metadata (fact ``requires``); what cannot be read is left out."""
    texts = component.facts.get("requires", ())
    for text in texts if isinstance(texts, tuple) else ():
        try:
            yield Requirement(text)
        except InvalidRequirement:
            continue
