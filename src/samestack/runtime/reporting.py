"""The report: what is installed, what the image says that it was built from, and who is running."""

from __future__ import annotations

import os
import platform
import sys
import time
from functools import lru_cache
from typing import NamedTuple, TypedDict

SCHEMA = "samestack/runtime/1"
PROFILE = "SAMESTACK_PROFILE"
STACK = "SAMESTACK_STACK_DIGEST"
LOCK = "SAMESTACK_LOCK_DIGEST"
SEEDS = frozenset({"pip", "setuptools", "wheel", "uv"})
"""What installers put into an environment unasked."""


class Report(TypedDict):
    """What a process says of itself; a text is empty where nothing is known."""

    schema: str
    stack: str
    """``sha256:``, the stack digest on packages of what is installed where Python looks for it."""
    stack_without_seeds: str
    """The same without pip, setuptools, wheel and uv, which an environment may have unasked."""
    seeds: dict[str, str]
    """Those of the four that are there, with their versions."""
    packages: int
    """How many packages ``stack`` is over."""
    image_stack: str
    """The stack digest of the lock that the image says it was built from."""
    image_lock: str
    """The digest of that lock's file."""
    profile: str
    python: str
    """``3.11.7``."""
    started_at: str
    """When the program first imported this package: UTC, ISO 8601, whole seconds."""


def reported(began: float) -> Report:
    """The report of this process, which began then, in seconds since the epoch."""
    found = _installed()
    return {
        "schema": SCHEMA,
        "stack": found.stack,
        "stack_without_seeds": found.without_seeds,
        "seeds": dict(found.seeds),
        "packages": found.packages,
        "image_stack": os.environ.get(STACK, ""),
        "image_lock": os.environ.get(LOCK, ""),
        "profile": os.environ.get(PROFILE, ""),
        "python": platform.python_version(),
        "started_at": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(began)),
    }


class _Installed(NamedTuple):
    stack: str
    without_seeds: str
    seeds: dict[str, str]
    packages: int


@lru_cache(maxsize=1)
def _installed() -> _Installed:
    """Read once: what is on the disk later is not what was imported. Half of it would be another stack."""
    from samestack.runtime.digest import packages_digest
    from samestack.runtime.distributions import CondaError, distributions

    try:
        found = distributions(sys.path, sys.prefix)
    except (CondaError, OSError):
        return _Installed("", "", {}, 0)
    seeds = {one.name: one.version for one in found if one.name in SEEDS}
    others = [one for one in found if one.name not in SEEDS]
    return _Installed(packages_digest(found), packages_digest(others), seeds, len(found))
