"""What of a lock belongs into one environment."""

from collections.abc import Mapping

from samestack.compare.markers import applicable
from samestack.compare.releases import packages_digest
from samestack.lock.decision import Lock
from samestack.model import Layer, Stack


def locked_for(lock: Lock, environment: Mapping[str, str]) -> Stack:
    """The packages that a lock decides for an environment with these values of markers."""
    return applicable(lock.snapshot.stack, environment)


def locked_digest(lock: Lock, environment: Mapping[str, str]) -> str:
    """The stack digest on packages of what a lock decides for an environment.

    Without the projects of this machine that it names: a lock does not decide their version.
    """
    locked = locked_for(lock, environment)
    return packages_digest(locked, but=local_projects(locked))


def local_projects(stack: Stack) -> frozenset[str]:
    """The packages of a lock that are directories of this machine: neither a version nor a source is said."""
    packages = stack.layer(Layer.PACKAGES)
    return frozenset(one.name for one in packages if one.version is None and one.source is None)
