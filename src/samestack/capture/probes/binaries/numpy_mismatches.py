"""Compiled modules beside a numpy that they cannot work with: what every installer calls fine."""

import re
from collections.abc import Mapping, Sequence

from samestack.capture.probes.python.distribution import Distribution
from samestack.capture.probes.remarks import package_remark
from samestack.capture.tree import Tree
from samestack.model import Remark, Value


def numpy_mismatches(
    tree: Tree, distributions: Sequence[Distribution], facts: Mapping[str, Mapping[str, Value]]
) -> tuple[Remark, ...]:
    """A remark ``numpy-abi`` on each distribution whose binaries need another numpy than the one installed.

    ``facts`` are the deep ones, by metadata directory. Where no numpy of a known version is installed, or
    several are, there is nothing to hold them against.
    """
    installed = {one.version for one in distributions if one.name == "numpy" and one.version}
    if len(installed) != 1:
        return ()
    version = installed.pop()
    remarks = []
    for one in distributions:
        problem = _problem(facts.get(one.metadata_directory, {}), version)
        if problem is not None:
            remarks.append(package_remark(tree, "numpy-abi", one.name, problem, one.metadata_directory))
    return tuple(remarks)


def _problem(facts: Mapping[str, Value], installed: str) -> str | None:
    if facts.get("numpy_abi") == "1.x" and _release(installed) >= (2,):
        return f"it was compiled against numpy 1 and does not work with numpy {installed}"
    lowest = facts.get("numpy_lowest")
    if isinstance(lowest, str) and _release(installed) < _release(lowest):
        return f"it was compiled for numpy {lowest} or later, and numpy {installed} is installed"
    return None


def _release(version: str) -> tuple[int, ...]:
    """The numbers of a release: numpy's versions have no epoch, and a pre-release counts as its release."""
    return tuple(int(number) for number in re.findall(r"\d+", version.partition("+")[0])[:2])
