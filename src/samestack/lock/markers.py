"""Markers of a lock, evaluated for the platforms that it is for."""

import re
from functools import lru_cache
from typing import Final

from samestack.lock.platforms import marker_environment

_VARIABLE: Final = (
    r"\b(?:extras?|dependency_groups|implementation_\w+|os_name|platform_\w+|python_\w+|sys_platform)\b"
)
_SETTLED: Final = frozenset(
    {"os_name", "platform_machine", "platform_system", "python_version", "sys_platform"}
)
"""What a platform and a series of Python tell for sure."""
_SERIES = re.compile(r"python_full_version == '\d+\.\d+\.\*'")


@lru_cache(maxsize=4096)
def holds(marker: str, platform: str, python: str) -> bool:
    """Whether a marker holds on a platform with a Python; an empty one always does."""
    if not marker:
        return True
    from packaging.markers import Marker

    return Marker(marker).evaluate(dict(marker_environment(platform, python)))


def is_settled(marker: str) -> bool:
    """Whether a platform and a series tell for sure if a marker holds: not the release, nor the kernel."""
    asked = re.findall(_VARIABLE, _SERIES.sub("", marker))
    return set(asked) <= _SETTLED
