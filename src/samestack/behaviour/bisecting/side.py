"""One of the two environments that a bisection stands between: an interpreter, and packages each decided."""

from collections.abc import Mapping

from msgspec import Struct, field

from samestack.behaviour.bisecting.trials.description import Package, TrialEnvironment
from samestack.model import Component


class Side(Struct, frozen=True, kw_only=True):
    """An environment that is consistent in itself."""

    name: str
    """As the user named it."""
    python: str
    """The release of its interpreter."""
    interpreter: str = ""
    """The path of it, where the user named one."""
    components: Mapping[str, Component] = field(default_factory=dict)
    """Its packages by name, as they were decided or observed."""
    packages: Mapping[str, Package] = field(default_factory=dict)
    """The same, as trials install them."""
    notes: tuple[str, ...] = ()
    """What was left out or chosen, in a sentence each."""

    @property
    def environment(self) -> TrialEnvironment:
        """What a trial of all of it is made of."""
        return TrialEnvironment(python=self.asked_python, packages=tuple(self.packages.values()))

    @property
    def asked_python(self) -> str:
        """What trials look for to run it with."""
        return self.interpreter or self.python


class Sides(Struct, frozen=True):
    """The environment that answers well, and the one that does not."""

    good: Side
    bad: Side
