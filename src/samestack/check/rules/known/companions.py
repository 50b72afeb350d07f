"""What is there of a package that a known break names: once, under another name, or certainly not at all."""

from packaging.version import Version

from samestack.check import python_environment
from samestack.check.presence import present
from samestack.check.python_environment import PythonEnvironment
from samestack.check.subject import Subject
from samestack.knowledge.same_modules import family_of
from samestack.model import Component, Layer, Standing

# Debian splits setuptools: its pkg_resources can be there without the rest, and so without its metadata.
_SYSTEM_PACKAGES = {"setuptools": frozenset({"python3-pkg-resources", "python3-setuptools"})}


class Presence:
    """The packages of one Python, asked for by the names that tables have for them."""

    def __init__(self, subject: Subject, environment: PythonEnvironment) -> None:
        self._subject = subject
        self.environment = environment

    def only(self, name: str) -> Component | None:
        """The package of that very name; ``None`` where it is absent, doubled, or not certain to apply.

        A lock for several platforms lists packages that its markers exclude here.
        """
        return present(self.environment, name)

    def version(self, name: str) -> Version | None:
        """The version of what brings the modules of that package; ``None`` where it is not certain."""
        found = self._provider(name)
        return None if found is None else self.version_of(found)

    def version_of(self, package: Component) -> Version | None:
        """The version of a package as PEP 440 reads it."""
        return python_environment.version_of(package)

    def label(self, name: str) -> str:
        """The package with its version, or that it is not there: ``without setuptools``."""
        found = self._provider(name)
        return f"without {name}" if found is None else found.label

    def is_absent(self, name: str) -> bool:
        """Whether it is certain that nothing brings the modules of that package.

        Of what a lock will become that cannot be said: some tools bring setuptools into each environment.
        """
        origin = self._subject.snapshot.origin
        return (
            origin.standing is Standing.OBSERVED
            and Layer.PACKAGES in origin.complete
            and not any(one in self.environment.packages for one in _names(name))
            and not self._is_brought_by_the_system(name)
        )

    def _provider(self, name: str) -> Component | None:
        if name in self.environment.packages:
            return self.only(name)
        found = (self.only(one) for one in _names(name))
        return next((one for one in found if one is not None), None)

    def _is_brought_by_the_system(self, name: str) -> bool:
        names = _SYSTEM_PACKAGES.get(name)
        if not names or not self.environment.shares_system_packages:
            return False
        return any(one.name in names for one in self._subject.system.stack.layer(Layer.SYSTEM))


def _names(name: str) -> tuple[str, ...]:
    """A package's name, and those of its twins: ``tensorflow-cpu`` brings what ``tensorflow`` does."""
    family = family_of(name)
    return (name,) if family is None else (name, *family.names)
