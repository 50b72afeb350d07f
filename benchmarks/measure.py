"""What a command costs as a whole process: CPU time, user and system, children included."""

import os
import subprocess
from collections.abc import Mapping, Sequence
from statistics import median

from msgspec import Struct


class Cost(Struct, frozen=True):
    """The CPU time of one command, in seconds, run by run."""

    runs: tuple[float, ...]

    @property
    def median(self) -> float:
        """The middle run."""
        return median(self.runs)


def cpu_seconds(command: Sequence[str], accepted: frozenset[int] = frozenset({0})) -> float:
    """Run a command once, its output thrown away; the CPU time of it and of all that it started.

    A command that ends with a status that is not ``accepted`` is no measurement: ``RuntimeError``.
    """
    process = subprocess.Popen(
        command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode not in accepted:
        raise RuntimeError(f"{' '.join(command)}: exit status {process.returncode}")
    return usage.ru_utime + usage.ru_stime


def side_by_side(
    commands: Mapping[str, Sequence[str]], *, rounds: int, accepted: frozenset[int] = frozenset({0})
) -> dict[str, Cost]:
    """Every command once a round, one after the other, so that a slow minute falls on all of them.

    The first round warms the caches and is not counted.
    """
    runs: dict[str, list[float]] = {name: [] for name in commands}
    for _ in range(rounds + 1):
        for name, command in commands.items():
            runs[name].append(cpu_seconds(command, accepted))
    return {name: Cost(tuple(measured[1:])) for name, measured in runs.items()}
