"""``samestack config init``: declare the variables that a project's code reads."""

import argparse
import difflib
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

from samestack.cli.configs.terms import add_project, project_of
from samestack.errors import RequestError

if TYPE_CHECKING:
    from samestack.config.inference.planning import Plan

EXAMPLES: Final = """\
  samestack config init                      declare what the code reads, and write the first profiles
  samestack config init --dry-run            show what would be written
  samestack config init --project services/helpdesk
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the action's arguments."""
    parser.add_argument("--dry-run", action="store_true", help="write nothing, print what would be")
    add_project(parser)


def run(arguments: argparse.Namespace) -> int:
    """Write what is missing and say what; 0, also where there is nothing to add."""
    from samestack.config.inference.planning import planned, write

    project = project_of(arguments)
    if not project.is_dir():
        raise RequestError(f"'{project}': no such directory", hint="name the project's directory")
    plan = planned(project)
    if not arguments.dry_run:
        write(plan)
    _print(plan, project, is_dry_run=arguments.dry_run)
    return 0


def _print(plan: "Plan", project: Path, *, is_dry_run: bool) -> None:
    if plan.schema:
        _say(f"schema: {plan.schema}")
    width = max((len(one.name) for one in plan.added), default=0)
    for one in plan.added:
        words = [one.type, *(["secret"] if one.is_secret else []), *(["required"] if one.is_required else [])]
        _say(f"{one.name:<{width}}  {', '.join(words)}  {', '.join(one.places)}")
    for change in plan.changes:
        name = Path(change.file).relative_to(project).as_posix()
        _say(f"{name} {'would be' if is_dry_run else 'was'} {'changed' if change.before else 'written'}")
        for line in _difference(change.before, change.after) if is_dry_run else ():
            _say(f"  {line}")
    if not plan.changes:
        _say("Everything is declared already that the code tells.")
    for doubt in plan.doubts:
        _say(f"? {doubt}")


def _difference(before: str, after: str) -> list[str]:
    """What is added; nothing is ever taken away."""
    lines = difflib.unified_diff(before.splitlines(), after.splitlines(), n=0, lineterm="")
    return [line for line in lines if line.startswith("+") and not line.startswith("+++ ")]


def _say(text: str) -> None:
    from samestack.render.printable import printable

    sys.stdout.write(f"{printable(text)}\n")
