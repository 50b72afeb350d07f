"""Every module of an environment imported, and what came of each."""

import os
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

import msgspec
from msgspec import Struct

from samestack.check.imports.plan import Package
from samestack.check.imports.surroundings import surroundings_for
from samestack.check.report import Imports
from samestack.errors import OutsideError
from samestack.process import lines
from samestack.progress import Reporter

_SCRIPT: Final = Path(__file__).with_name("child.py")


class Link(Struct, frozen=True):
    """One exception of a chain."""

    kind: str
    line: str
    """The last line that Python would print."""
    missing: str = ""
    """The module that was not found."""


class Outcome(Struct, frozen=True, kw_only=True):
    """What came of the import of one module, as the script in the environment tells it."""

    package: str
    module: str
    outcome: str
    """``imported``, ``failed``, ``died`` of a signal, ``left`` the interpreter, ``late`` or ``absent``."""
    errors: tuple[Link, ...] = ()
    """The exception that ended it first, then those that led to it."""
    files: tuple[str, ...] = ()
    """The source files that the exceptions passed through, the outermost first."""
    signal: str = ""
    status: int = 0
    output: str = ""
    """The last of what it printed."""


class Outcomes(Struct, frozen=True, kw_only=True):
    """What came of all."""

    done: Imports
    outcomes: tuple[Outcome, ...]


class _Opening(Struct, frozen=True):
    is_offline: bool


class _Plan(Struct, frozen=True, kw_only=True):
    packages: Sequence[Package]
    parallel: int
    seconds: float


def import_all(
    packages: Sequence[Package], interpreter: str, prefix: str, *, seconds: float, reporter: Reporter
) -> Outcomes:
    """Import all modules of the packages with an interpreter, as many at a time as there are processors.

    Each has ``seconds`` to come to an end. They get no network where the system allows to take it away, no
    secrets, and an empty directory as their home. :class:`OutsideError` when the interpreter does not start.
    """
    plan = _Plan(packages=packages, parallel=len(os.sched_getaffinity(0)), seconds=seconds)
    with tempfile.TemporaryDirectory(prefix="samestack-imports-", ignore_cleanup_errors=True) as name:
        directory = Path(name)
        path = directory / "plan.json"
        path.write_bytes(msgspec.json.encode(plan))
        home = directory / "home"
        home.mkdir()
        told = lines(
            [interpreter, _SCRIPT, path],
            directory=home,
            environment=surroundings_for(prefix, home, os.environ),
        )
        return _gathered(told, packages, interpreter, reporter)


def _gathered(
    told: Iterator[str], packages: Sequence[Package], interpreter: str, reporter: Reporter
) -> Outcomes:
    reporter.started("imports", sum(len(one.modules) + len(one.perhaps) for one in packages))
    try:
        opening = msgspec.json.decode(next(told, "null"), type=_Opening)
        outcomes = []
        for line in told:
            outcomes.append(msgspec.json.decode(line, type=Outcome))
            reporter.advanced(outcomes[-1].module)
    except msgspec.DecodeError as error:
        raise OutsideError(f"{interpreter} does not answer as a Python does: {error}") from None
    finally:
        reporter.finished()
    there = tuple(one for one in outcomes if one.outcome != "absent")
    done = Imports(packages=len(packages), modules=len(there), is_offline=opening.is_offline)
    return Outcomes(done=done, outcomes=there)
