"""One Python of a snapshot with everything that it imports, as rules want to look at it."""

from collections.abc import Iterator, Mapping
from functools import cached_property

from packaging.requirements import InvalidRequirement, Requirement
from packaging.version import InvalidVersion, Version

from samestack.model import Component, Ecosystem

# Who builds packages anew, and so decides what they need, whatever their metadata still says.
_REPACKAGERS = frozenset({"apk", "conda", "debian", "dnf", "pacman", "portage", "rpm"})


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
        if self.interpreter is None:
            return None
        # CPython built from a checkout calls itself 3.13.0+, which is no version of PEP 440.
        return _version((self.interpreter.version or "").rstrip("+"))

    def owned_libraries(self, name: str, owner: str) -> tuple[Component, ...]:
        """The native libraries of a name that a package brings: ``owned_libraries("cuda", "torch")``."""
        return tuple(one for one in self.libraries if one.name == name and owner_of(one) == owner)

    def each(self) -> Iterator[tuple[str, Component]]:
        """Every package with its normalised name, doubled ones one by one."""
        return ((name, one) for name, several in self.packages.items() for one in several)

    def is_repackaged(self, component: Component) -> bool:
        """Whether conda or an operating system packaged it: theirs is the last word on what it needs."""
        if component.ecosystem is Ecosystem.CONDA:
            return True
        installer = component.circumstances.get("installer")
        # Debian names itself as the installer of some packages and leaves it out of others.
        return installer in _REPACKAGERS or (installer is None and self.shares_system_packages)

    @cached_property
    def shares_system_packages(self) -> bool:
        """Whether it is the operating system's Python, or an environment that sees its packages."""
        if self.interpreter is None:
            return False
        known = self.interpreter.circumstances
        own = known.get("base_prefix") if known.get("uses_base_packages") else known.get("prefix")
        return own == "/usr"


def version_of(component: Component) -> Version | None:
    """A component's version as PEP 440 reads it; ``None`` where it cannot be read."""
    return _version(component.version or "")


def _version(text: str) -> Version | None:
    try:
        return Version(text)
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
