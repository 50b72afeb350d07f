"""Trials of small local wheels, made by real uv with the interpreter of the tests."""

import os
import sys
from pathlib import Path

import pytest

from samestack.behaviour.bisecting.trials.command_probe import CommandProbe
from samestack.behaviour.bisecting.trials.description import Package, TrialDescription, TrialEnvironment
from samestack.behaviour.bisecting.trials.outcome import Outcome
from samestack.behaviour.bisecting.trials.supervision import Limits

PYTHON = "{}.{}".format(*sys.version_info)


def use_wheels(directory: Path, patch: pytest.MonkeyPatch, cache: Path) -> None:
    """Let every uv that is started take packages from a directory, and samestack keep them in another."""
    directory.mkdir(parents=True, exist_ok=True)
    patch.setenv("UV_FIND_LINKS", str(directory))
    patch.setenv("UV_NO_INDEX", "1")
    patch.setenv("SAMESTACK_CACHE", str(cache))


def packages(**versions: str) -> tuple[Package, ...]:
    return tuple(Package(name=name.replace("_", "-"), version=version) for name, version in versions.items())


def trial(
    code: str,
    *installed: Package,
    limits: Limits | None = None,
    is_real: bool = False,
    variables: tuple[tuple[str, str], ...] = (),
) -> TrialDescription:
    """What runs a few lines of Python in an environment of these packages."""
    return of_command(("python", "-c", code), *installed, limits=limits, is_real=is_real, variables=variables)


def of_command(
    command: tuple[str, ...],
    *installed: Package,
    limits: Limits | None = None,
    is_real: bool = False,
    variables: tuple[tuple[str, str], ...] = (),
) -> TrialDescription:
    probe = CommandProbe(
        command=command, directory=os.sep, limits=limits or Limits(seconds=60), keeps_output=True
    )
    environment = TrialEnvironment(python=PYTHON, packages=installed)
    return TrialDescription(environment=environment, probe=probe, variables=variables, is_real=is_real)


def said(outcome: Outcome) -> str:
    """What a trial wrote; it has to have ended well."""
    assert outcome.status == 0, outcome
    return outcome.output.decode().strip()
