"""What a trial of a bisection costs: its environment beside one that is installed, and four at once."""

import os
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from statistics import median

from msgspec import Struct

from benchmarks.environments import UV
from benchmarks.measure import cpu_seconds
from samestack.behaviour.bisecting.trials.bench import Bench
from samestack.behaviour.bisecting.trials.command_probe import CommandProbe
from samestack.behaviour.bisecting.trials.description import Package, TrialDescription, TrialEnvironment
from samestack.behaviour.bisecting.trials.local_executor import LocalExecutor
from samestack.behaviour.bisecting.trials.outcome import Outcome
from samestack.behaviour.bisecting.trials.running import interpreter_of, run_trial
from samestack.process import run
from samestack.solve.uv.index_settings import index_settings

ROUNDS = 7
AT_ONCE = 12
JOBS = 4
BOUND, BOUND_OF_FOUR = 0.1, 0.6
"""What the project promises: an environment's part of an installed one's time, four workers' of one's."""
SERIES = "3.11"
ASKED = (
    "scikit-learn",
    "matplotlib",
    "pandas",
    "jinja2",
    "rich",
    "pytest",
    "requests",
    "sqlalchemy",
    "aiohttp",
)
PROGRAM = "import numpy, scipy, pandas, sklearn; print(numpy.ones(3).sum())"
WAITING = "import time; time.sleep(0.5)"


class Measured(Struct, frozen=True, kw_only=True):
    """Seconds of wall-clock time, a value a round."""

    joined: list[float]
    installed: list[float]
    first_run_joined: list[float]
    first_run_installed: list[float]


def report(directory: Path) -> str:
    """Measure, and say it in Markdown."""
    os.environ["SAMESTACK_CACHE"] = str(directory / "cache")
    os.environ.update(index_settings(Path(UV)).environment)
    packages = _packages(directory)
    measured = _environments(packages, directory)
    one, four = (_wall_time(packages, jobs) for jobs in (1, JOBS))
    return "\n".join((*_heading(len(packages)), *_rows(measured), "", *_four(one, four), ""))


def _packages(directory: Path) -> tuple[Package, ...]:
    """What is decided for the measured requirements today."""
    wanted = directory / "requirements.in"
    wanted.write_text("\n".join(ASKED))
    words = (UV, "pip", "compile", "--no-header", "--no-annotate", "--python-version", SERIES, wanted)
    pins = [line.partition(" ")[0] for line in run(words).output.splitlines() if "==" in line]
    return tuple(
        Package(name=name, version=version) for name, _, version in (one.partition("==") for one in pins)
    )


def _environments(packages: Sequence[Package], directory: Path) -> Measured:
    """Each kind once a round, the first of which fills the caches and is not counted."""
    measured = Measured(joined=[], installed=[], first_run_joined=[], first_run_installed=[])
    for number in range(ROUNDS + 1):
        outcome = run_trial(_trial(packages, PROGRAM))
        installed, first_run = _install(packages, directory / f"environment{number}")
        if number:
            measured.joined.append(outcome.preparation_seconds)
            measured.first_run_joined.append(_succeeded(outcome).seconds)
            measured.installed.append(installed)
            measured.first_run_installed.append(first_run)
    return measured


def _trial(packages: Sequence[Package], code: str) -> TrialDescription:
    probe = CommandProbe(command=("python", "-c", code), directory=os.sep)
    python = interpreter_of(SERIES).version
    return TrialDescription(
        environment=TrialEnvironment(python=python, packages=tuple(packages)), probe=probe
    )


def _succeeded(outcome: Outcome) -> Outcome:
    if outcome.status:
        raise RuntimeError(outcome.messages)
    return outcome


def _install(packages: Sequence[Package], environment: Path) -> tuple[float, float]:
    """Seconds that uv takes for an environment, and a program for its first run in it."""
    requirements = environment.with_suffix(".txt")
    requirements.write_text("\n".join(one.requirement for one in packages))
    python = environment / "bin/python"
    made = _seconds(
        lambda: cpu_seconds(
            [UV, "venv", "-q", "--python", str(interpreter_of(SERIES).path), str(environment)]
        )
    )
    words = [UV, "pip", "install", "-q", "--no-deps", "--python", str(python), "-r", str(requirements)]
    if environment.name != "environment0":
        words.append("--offline")
    filled = _seconds(lambda: cpu_seconds(words))
    return made + filled, _seconds(lambda: cpu_seconds([str(python), "-c", PROGRAM]))


def _wall_time(packages: Sequence[Package], jobs: int) -> float:
    """Seconds for a dozen trials of a program that mostly waits."""
    with Bench(LocalExecutor(jobs)) as bench:
        return _seconds(lambda: _carry_out(bench, packages))


def _carry_out(bench: Bench, packages: Sequence[Package]) -> None:
    for number in range(AT_ONCE):
        bench.ask(_trial(packages, WAITING), number)
    while len(bench):
        _succeeded(bench.next().outcome)


def _seconds(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def _heading(count: int) -> tuple[str, ...]:
    return (
        "# What a trial of a bisection costs",
        "",
        (
            f"An environment of {count} packages that are unpacked, or in uv's cache, Python {SERIES};"
            f" wall-clock seconds, the median of {ROUNDS}."
        ),
        "",
    )


def _rows(measured: Measured) -> tuple[str, ...]:
    joined, installed = median(measured.joined), median(measured.installed)
    verdict = "holds" if joined < BOUND * installed else "does not hold"
    return (
        "| | making it | the first run of a program in it |",
        "|---|---:|---:|",
        f"| a trial's | {joined:.3f} | {median(measured.first_run_joined):.2f} |",
        f"| `uv venv`, `uv pip install` | {installed:.3f} | {median(measured.first_run_installed):.2f} |",
        "",
        f"{joined / installed:.3f} of the time; the bound of {BOUND} {verdict}.",
    )


def _four(one: float, four: float) -> tuple[str, ...]:
    verdict = "holds" if four < BOUND_OF_FOUR * one else "does not hold"
    return (
        (
            f"{AT_ONCE} trials of a program that waits for half a second: {one:.1f} s one after the other,"
            f" {four:.1f} s by {JOBS} workers on {os.cpu_count()} cores."
        ),
        f"{four / one:.2f} of the time; the bound of {BOUND_OF_FOUR} {verdict}.",
    )
