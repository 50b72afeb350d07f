"""What several actions ask alike: which project, which profile, and values for this once."""

import argparse
import os
from collections.abc import Sequence
from pathlib import Path

from samestack.config.names import variable_name
from samestack.config.resolving import ResolveRequest
from samestack.envs.managing.state import is_environment
from samestack.envs.running.project_environment import environment_of, project_around
from samestack.errors import RequestError


def add_project(parser: argparse.ArgumentParser) -> None:
    """Declare ``--project``."""
    help_text = "the project; by default the nearest around this place"
    parser.add_argument("--project", type=Path, metavar="DIR", help=help_text)


def add_profile(parser: argparse.ArgumentParser) -> None:
    """Declare ``--profile`` and ``--set``."""
    parser.add_argument(
        "--profile",
        default="",
        metavar="NAME",
        help="whose configuration; by default $SAMESTACK_PROFILE, then what the project says",
    )
    add_set(parser)


def add_set(parser: argparse.ArgumentParser) -> None:
    """Declare ``--set``."""
    parser.add_argument(
        "--set",
        action="append",
        default=[],
        metavar="NAME=VALUE",
        dest="overrides",
        help="a value for this once, before all others; never a secret; may be repeated",
    )


def project_of(arguments: argparse.Namespace) -> Path:
    """The project that is meant."""
    return Path(arguments.project or project_around(Path.cwd())).absolute()


def request_of(arguments: argparse.Namespace, *, profile: str = "") -> ResolveRequest:
    """What is to be resolved; ``profile`` goes before what the arguments say."""
    project = project_of(arguments)
    return ResolveRequest(
        project=project,
        profile=profile or getattr(arguments, "profile", ""),
        overrides=overrides_of(arguments.overrides),
        variables=os.environ,
        environment=class_environment(project),
    )


def class_environment(project: Path) -> Path | None:
    """The environment in which the project's class is read, where there is one."""
    environment = Path(environment_of(project)).absolute()
    return environment if is_environment(environment) else None


def overrides_of(said: Sequence[str]) -> tuple[tuple[str, str], ...]:
    """``NAME=VALUE`` taken apart; :class:`RequestError` without any part of the value."""
    return tuple(map(_override, said))


def _override(said: str) -> tuple[str, str]:
    name, equals, value = said.partition("=")
    variable = variable_name((name,))
    if not equals or variable is None:
        hint = "for example --set LOG_LEVEL=DEBUG"
        raise RequestError("--set is given no NAME=VALUE", hint=hint)
    return variable, value
