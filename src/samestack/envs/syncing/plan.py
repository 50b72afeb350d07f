"""What has to change for an environment to be what a lock says: ``compare(observed, locked)`` is the plan."""

from collections import Counter
from collections.abc import Iterator
from enum import StrEnum

from msgspec import Struct

from samestack.compare.changes import compare
from samestack.compare.releases import SEEDS, released
from samestack.compare.versions import order_of
from samestack.model import Component, Ecosystem, Layer, Stack
from samestack.model.change import Change


class Action(StrEnum):
    """What is done to one package."""

    INSTALL = "install"
    UPGRADE = "upgrade"
    DOWNGRADE = "downgrade"
    REPLACE = "replace"
    """The same version, of another build or from elsewhere."""
    REMOVE = "remove"


class Plan(Struct, frozen=True, kw_only=True):
    """The changes that make an environment what its lock says."""

    changes: tuple[Change, ...] = ()
    anew: str = ""
    """Why the environment is made from nothing, in a few words; empty where it is changed in place."""
    is_new: bool = False
    """Whether there is none yet."""
    project: str = ""
    """The project, where it is still to be installed itself."""

    @property
    def is_empty(self) -> bool:
        """Whether the environment is what the lock says already."""
        return not (self.changes or self.anew or self.project)

    @property
    def counts(self) -> dict[Action, int]:
        """How many packages each action is for, those without any left out."""
        counted = Counter(action_of(change) for change in self.changes)
        return {action: counted[action] for action in Action if counted[action]}


def package_changes(
    observed: Stack, locked: Stack, *, own: str = "", with_own: bool = True
) -> tuple[Change, ...]:
    """Every package that is not the release that was locked.

    ``own`` is the project itself: with ``with_own`` it is no business of the lock's. What installers put into
    an environment unasked is left alone, unless the lock names it; of other projects of this machine a lock
    says no version, so it is enough that they are there.
    """
    wanted = tuple(released(_packages(locked), but={own}))
    names = {one.name for one in wanted}
    unasked = SEEDS - names
    there = tuple(released(_packages(observed), but=unasked | {own} if with_own else unasked))
    unversioned = {one.name for one in wanted if not (one.version or one.source)}
    unversioned &= {one.name for one in there}
    return compare(
        *(Stack.of(one for one in side if one.name not in unversioned) for side in (there, wanted))
    )


def _packages(stack: Stack) -> Iterator[Component]:
    """All that a lock decides as packages: conda's are of every layer down to the C library."""
    return (one for one in stack if one.layer is Layer.PACKAGES or one.ecosystem is Ecosystem.CONDA)


def action_of(change: Change) -> Action:
    """What is done to a package."""
    if change.before is None:
        return Action.INSTALL
    if change.after is None:
        return Action.REMOVE
    order = order_of(change.before.version or "", change.after.version or "")
    if not order:
        return Action.REPLACE
    return Action.UPGRADE if order < 0 else Action.DOWNGRADE
