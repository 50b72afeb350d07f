"""Which change needs which: everything that metadata demand of a hybrid of two consistent environments.

A package that is upgraded may refuse another as it was, and one that is not may refuse another as it will be.
Either says that where one change is made the other has to be, so no solver is needed.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping

from packaging.utils import canonicalize_name

from samestack.behaviour.bisecting.declared import Declared, is_met

Versions = Mapping[str, str]
"""By name of a package, its release; empty for one that comes from an address."""


def implications(
    changed: Collection[str],
    good: tuple[Versions, Declared],
    bad: tuple[Versions, Declared],
) -> Mapping[str, frozenset[str]]:
    """By name of a change, those that have to be made where it is.

    What an environment itself does not keep to is nothing that its hybrids could be held to.
    """
    needs: dict[str, set[str]] = defaultdict(set)
    for name in changed:
        for wanted in _refused(name, of=bad, other=good, changed=changed):
            needs[name].add(wanted)
        for refused in _refused(name, of=good, other=bad, changed=changed):
            needs[refused].add(name)
    return {name: frozenset(others) for name, others in needs.items()}


def _refused(
    name: str,
    *,
    of: tuple[Versions, Declared],
    other: tuple[Versions, Declared],
    changed: Collection[str],
) -> frozenset[str]:
    """The changed packages that a package takes as its own environment has them, and not as the other has."""
    versions, declared = of
    others, _ = other
    found = set()
    for requirement in declared.get(name, ()):
        key = canonicalize_name(requirement.name)
        is_kept_to = key in versions and is_met(requirement, versions[key])
        if key in changed and is_kept_to and not is_met(requirement, others.get(key)):
            found.add(str(key))
    return frozenset(found)
