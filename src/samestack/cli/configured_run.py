"""A command with a profile's configuration: nothing starts that is not right."""

import argparse
import os
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final, NoReturn

from samestack.cli.configs.findings import told
from samestack.cli.configs.terms import overrides_of
from samestack.config.resolution import Resolution
from samestack.config.resolving import PROFILE_VARIABLE, ResolveRequest
from samestack.config.running.variables import pristine, surroundings
from samestack.envs.managing.state import note_use
from samestack.envs.running.running import activation
from samestack.process import become

_INTERVAL: Final = 2.0
"""Seconds between two looks at the sources that are watched."""


def run_configured(
    arguments: argparse.Namespace, command: Sequence[str], project: Path, environment: Path | None
) -> int:
    """Become the command, or its supervisor; the configuration's exit status where something is wrong."""
    request = ResolveRequest(
        project=project.absolute(),
        profile=arguments.profile or "",
        overrides=overrides_of(arguments.overrides),
        variables=os.environ,
        environment=environment,
    )
    resolution = told(request)
    if resolution.has_failed:
        return resolution.exit_status
    return _begin(arguments, command, request, resolution)


def _begin(
    arguments: argparse.Namespace, command: Sequence[str], request: ResolveRequest, resolution: Resolution
) -> NoReturn:
    environment = request.environment
    given = _Given(arguments, environment)
    variables = given.variables(resolution)
    for note in given.notes:
        sys.stderr.write(f"samestack: {note}\n")
    if environment is not None:
        note_use(environment)
    if arguments.redact or arguments.watch:
        _supervise(arguments, command, request, resolution, given)
    become(command, variables)


class _Given:
    """What the command is given beside its configuration."""

    def __init__(self, arguments: argparse.Namespace, environment: Path | None) -> None:
        own = pristine(os.environ) if arguments.pristine else os.environ
        activated = activation(environment, own) if environment else None
        self._own = activated.variables if activated else own
        self._only = tuple(name.strip() for name in arguments.only.split(",") if name.strip())
        self.notes = activated.notes if activated else ()

    def variables(self, resolution: Resolution) -> Mapping[str, str]:
        given = surroundings(self._own, resolution, self._only)
        return {
            **given,
            PROFILE_VARIABLE: resolution.profile,
        }  # the program may read more of the same profile


def _supervise(
    arguments: argparse.Namespace,
    command: Sequence[str],
    request: ResolveRequest,
    resolution: Resolution,
    given: _Given,
) -> NoReturn:
    from samestack.config.masking import secrets_of
    from samestack.config.running.supervising import Command, supervised
    from samestack.config.running.watching import Watched

    watched = Watched(request, resolution) if arguments.watch else None
    current = resolution
    secrets = secrets_of(resolution) if arguments.redact else frozenset[str]()

    def start() -> Command:
        return Command(command, given.variables(current), secrets)

    def renewed() -> bool:
        nonlocal current, secrets
        if watched is None or not watched.have_changed():
            return False
        after = told(request)
        if after.has_failed:
            sys.stderr.write("samestack: the command goes on with the configuration that it has\n")
            return False
        if given.variables(after) == given.variables(current):
            return False
        current = after
        secrets = secrets | secrets_of(after) if arguments.redact else secrets
        sys.stderr.write("samestack: the configuration has changed; the command is started anew\n")
        return True

    supervised(start, renewed=renewed if watched else None, interval=_INTERVAL)
