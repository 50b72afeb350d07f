"""``samestack run -- CMD``: run a command in the project's environment, with a profile's configuration."""

import argparse
import sys
from pathlib import Path
from typing import NoReturn

from samestack.envs.managing.state import is_environment, note_use
from samestack.envs.running.project_environment import environment_of, project_around
from samestack.envs.running.running import activation
from samestack.envs.syncing.stamp import is_unchanged
from samestack.errors import RequestError
from samestack.process import become

EXAMPLES = """\
  samestack run -- python train.py --epochs 3
  samestack run --profile production -- python serve.py     checked first, then given as variables
  samestack run --profile staging --redact --watch -- python -m helpdesk_agent serve
  samestack run --sync -- pytest            bring the environment up to date first
  samestack run --project ../helpdesk-agent -- python -m helpdesk_agent
  samestack run --environment /srv/envs/recommender -- python serve.py
"""
_HINT = "make it with: samestack sync"
_LOCKS = ("pylock.toml", "poetry.lock", "pixi.lock")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the verb's arguments."""
    add = parser.add_argument
    add("--project", type=Path, metavar="DIR", help="the project; by default the nearest around this place")
    add("--environment", type=Path, metavar="PATH", help="another environment than the project's")
    add(
        "--sync",
        action=argparse.BooleanOptionalAction,
        help="make the environment what its lock says first, or do not even look whether it is",
    )
    configuration = parser.add_argument_group(
        "configuration",
        "Any of these checks a profile's configuration first, and then gives it as variables.",
    )
    add = configuration.add_argument
    add(
        "--profile",
        metavar="NAME",
        help="whose configuration; by default $SAMESTACK_PROFILE, then what the project says",
    )
    add(
        "--set",
        action="append",
        default=[],
        metavar="NAME=VALUE",
        dest="overrides",
        help="a value for this once, before all others; never a secret; may be repeated",
    )
    add("--only", default="", metavar="A,B", help="give the command these variables of the profile alone")
    add(
        "--pristine",
        action="store_true",
        help="of this process's own variables, give it those all need alone",
    )
    add("--redact", action="store_true", help="mask known secrets in what the command writes")
    add("--watch", action="store_true", help="start the command anew when its configuration changes")
    parser.add_argument(
        "command", nargs=argparse.REMAINDER, metavar="-- CMD ...", help="the command and its arguments"
    )


def run(arguments: argparse.Namespace) -> int:
    """Become the command; from there on signals and exit status are its own."""
    command = arguments.command[1:] if arguments.command[:1] == ["--"] else arguments.command
    if not command:
        hint = "write the command after --: samestack run -- python train.py"
        raise RequestError("there is nothing to run", hint=hint)
    project = arguments.project or project_around(Path.cwd())
    environment = Path(arguments.environment or environment_of(project)).absolute()
    how = _configured if is_configured(arguments) else _plainly
    return how(arguments, command, project, environment)


def _plainly(arguments: argparse.Namespace, command: list[str], project: Path, environment: Path) -> NoReturn:
    _warn(*_prepared(environment, project, sync=arguments.sync))
    activated = activation(environment)
    _warn(*activated.notes)
    note_use(environment)
    become(command, activated.variables)


def _configured(arguments: argparse.Namespace, command: list[str], project: Path, environment: Path) -> int:
    from samestack.cli.configured_run import run_configured

    is_needed = arguments.environment or arguments.sync or _is_locked(project)
    if not is_needed and not is_environment(environment):
        return run_configured(arguments, command, project, None)
    _warn(*_prepared(environment, project, sync=arguments.sync))
    return run_configured(arguments, command, project, environment)


def is_configured(arguments: argparse.Namespace) -> bool:
    """Whether a profile's configuration is asked for."""
    asked = (arguments.profile is not None, arguments.overrides, arguments.only, arguments.pristine)
    return any(asked) or arguments.redact or arguments.watch


def _warn(*notes: str) -> None:
    for note in notes:
        sys.stderr.write(f"samestack: {note}\n")


def _is_locked(project: Path) -> bool:
    """Whether the project has an environment to be made; a program that is not Python has none."""
    return any((project / name).is_file() for name in _LOCKS)


def _prepared(environment: Path, project: Path, *, sync: bool | None) -> tuple[str, ...]:
    """Warnings about the environment, which is there from here on."""
    if sync:
        return _synced(environment, project)
    if not is_environment(environment):
        raise RequestError(f"{_shown(environment)}: there is no environment", hint=_HINT)
    if sync is False or is_unchanged(str(environment)):
        return ()
    from samestack.envs.managing.drifting import drift_of

    drift = drift_of(environment, project)
    if drift is None or drift.is_none:
        return ()
    return (f"{_shown(environment)}: {drift}; bring it up to date with: samestack sync",)


def _synced(environment: Path, project: Path) -> tuple[str, ...]:
    from samestack.cli.output import terminal_reporter
    from samestack.envs.managing.drifting import origin_of
    from samestack.envs.syncing.options import SyncOptions
    from samestack.envs.syncing.sync import sync
    from samestack.project.reading import read_project

    if is_unchanged(str(environment)):
        return ()
    origin = origin_of(environment, project)
    options = SyncOptions(environment=environment) if origin is None else origin.options
    directory = project if origin is None else origin.project
    return sync(read_project(directory), options, terminal_reporter()).warnings


def _shown(path: Path) -> str:
    """As one would write it from here, where it is below."""
    return str(path.relative_to(Path.cwd()) if path.is_relative_to(Path.cwd()) else path)
