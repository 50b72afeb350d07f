"""How much of the processors this process may use: its control group's limit and its affinity."""

import os
from typing import Final

from samestack.capture.tree import Tree
from samestack.model import Value

_VERSION_2: Final = "/sys/fs/cgroup"
_VERSION_1: Final = "/sys/fs/cgroup/cpu"
_MAX_BYTES: Final = 64 * 1024
_MAX_DEPTH: Final = 32


def read_cpu_limit(tree: Tree) -> dict[str, Value]:
    """Circumstances of the processor: ``usable_processors`` and, where one is set, ``processor_limit``.

    A limit is in processors, as a decimal text. A numeric library that counts processors instead starts too
    many threads, which changes its speed and, where it splits sums by thread, its last digits.
    """
    circumstances: dict[str, Value] = {"usable_processors": len(os.sched_getaffinity(0))}
    limits = [limit for path in _groups(tree) if (limit := _limit(tree, path)) is not None]
    if limits:
        circumstances["processor_limit"] = f"{min(limits):g}"
    return circumstances


def _groups(tree: Tree) -> list[str]:
    """The directories of this process's control group and of every one around it."""
    return [
        directory
        for line in _text(tree, "/proc/self/cgroup").splitlines()
        if line.count(":") >= 2
        for number, controllers, group in (line.split(":", 2),)
        for root in _roots(number, controllers)
        for directory in _upward(root, group)
    ]


def _roots(number: str, controllers: str) -> tuple[str, ...]:
    """Where the hierarchy that a line of /proc/self/cgroup speaks of keeps the limits of processors."""
    if number == "0" and not controllers:
        return (_VERSION_2,)
    return (_VERSION_1,) if "cpu" in controllers.split(",") else ()


def _upward(root: str, group: str) -> list[str]:
    parts = [part for part in group.split("/") if part not in {"", ".", ".."}][:_MAX_DEPTH]
    return ["/".join((root, *parts[:depth])) for depth in range(len(parts), -1, -1)]


def _limit(tree: Tree, directory: str) -> float | None:
    quota, _, period = _text(tree, f"{directory}/cpu.max").strip().partition(" ")
    if not quota:
        quota = _text(tree, f"{directory}/cpu.cfs_quota_us").strip()
        period = _text(tree, f"{directory}/cpu.cfs_period_us").strip()
    if not (quota.isdecimal() and period.isdecimal() and int(period) > 0):
        return None  # "max", "-1", or no such file: no limit here
    return int(quota) / int(period)


def _text(tree: Tree, path: str) -> str:
    return tree.read(path, limit=_MAX_BYTES).decode("utf-8", "replace") if tree.is_file(path) else ""
