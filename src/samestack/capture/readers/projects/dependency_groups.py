"""Groups of dependencies that include each other: PEP 735's and Poetry's."""

from collections.abc import Iterable, Mapping
from graphlib import CycleError, TopologicalSorter
from typing import Final

from samestack.capture.readers.requirements.packaging_values import package_name, shown

MAX_GROUPS: Final = 100
"""The most groups that are read of one project."""


def included_groups(includes: Mapping[str, Iterable[str]]) -> dict[str, tuple[str, ...]]:
    """For each group, by its normalised name, itself and all that it includes, each once.

    ``includes`` names what each includes. ``ValueError`` for a circle, which is named, for a group that is
    included and not there, and for two groups of one name.
    """
    direct = {package_name(group): tuple(map(package_name, names)) for group, names in includes.items()}
    if len(direct) < len(includes):
        raise ValueError("two groups have the same name")
    if len(direct) > MAX_GROUPS:
        raise ValueError(f"more than {MAX_GROUPS} groups")
    missing = {name for names in direct.values() for name in names} - direct.keys()
    if missing:
        raise ValueError(f"includes '{shown(min(missing))}', a group that is not there")
    return _closed(direct)


def _closed(direct: Mapping[str, tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
    members: dict[str, tuple[str, ...]] = {}
    try:
        for group in TopologicalSorter(direct).static_order():
            all_members = (group, *(member for name in direct[group] for member in members[name]))
            members[group] = tuple(dict.fromkeys(all_members))
    except CycleError as error:
        raise ValueError(f"groups include each other in a circle: {' -> '.join(error.args[1])}") from None
    return members
