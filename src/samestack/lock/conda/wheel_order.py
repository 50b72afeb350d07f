"""Which wheel of a release is the best for a platform that is not this one."""

import re
from typing import Final

from packaging import tags

from samestack.solve.index.target_tags import series, target_tags
from samestack.solve.problem import Target

_YEARS: Final = {"manylinux1": (2, 5), "manylinux2010": (2, 12), "manylinux2014": (2, 17)}
_NUMBERED: Final = re.compile(r"[a-z]+_(\d+)_(\d+)_(\w+)")
_FOR_SEVERAL: Final = ("fat", "intel", "universal")


def ordered_tags(target: Target) -> list[tags.Tag]:
    """Every tag that the target takes, the best first, as installers order those of their own platform."""
    names = {tag.platform for tag in target_tags(target) or ()} - {"any"}
    platforms = sorted(names, key=_rank, reverse=True)
    version = series(target)
    own = "cp{}{}".format(*version)
    return [
        *tags.cpython_tags(version, platforms=platforms),
        *tags.compatible_tags(version, own, platforms),
    ]


def _rank(platform: str) -> tuple[tuple[int, int], bool, bool, str]:
    """The newest first; of one system a number before its year, and one architecture before several."""
    numbered = _NUMBERED.fullmatch(platform)
    if numbered is None:
        return _YEARS.get(platform.partition("_")[0], (0, 0)), False, False, platform
    is_for_one = not numbered[3].startswith(_FOR_SEVERAL)
    return (int(numbered[1]), int(numbered[2])), True, is_for_one, platform
