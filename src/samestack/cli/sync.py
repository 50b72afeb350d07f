"""``samestack sync``: make the environment what the lock says."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from samestack.cli.output import Drawing, deliver, terminal_reporter, warn
from samestack.envs.syncing.options import SyncOptions
from samestack.envs.syncing.survey import Survey, survey
from samestack.envs.syncing.sync import sync, warnings_of
from samestack.project.reading import read_project

if TYPE_CHECKING:
    import argparse

EXAMPLES = """\
  samestack sync                             make .venv what the lock of this project says
  samestack sync --dry-run                   what would change?
  samestack sync --check                     is the environment what the lock says? status 1 if not
  samestack sync services/api --python 3.11
  samestack sync --lock requirements.txt --environment /tmp/try
"""
FORMATS = ("table", "json")


class _Asked(NamedTuple):
    directory: str = "."
    options: SyncOptions = SyncOptions()
    is_only_planned: bool = False
    is_check: bool = False
    form: str = "table"


def add_arguments(parser: "argparse.ArgumentParser") -> None:
    """Declare the verb's arguments."""
    add = parser.add_argument
    add("directory", nargs="?", default=".", metavar="DIR", help="the project; by default this directory")
    add("--lock", metavar="FILE", help="a lock by samestack, uv, pip, PDM, Poetry; by default the project's")
    add("--environment", metavar="PATH", help="where the environment is; by default as the manifest says")
    add("--python", default="", metavar="V", help="a series, a release or a path: 3.11")
    what = parser.add_mutually_exclusive_group()
    what.add_argument("--dry-run", action="store_true", help="print the plan, and change nothing")
    what.add_argument("--check", action="store_true", help="say whether there is drift; status 1 if so")
    add("--no-project", action="store_true", help="do not install the project itself")
    add("--reinstall", action="store_true", help="make the environment anew, from files fetched again")
    add("--locked", action="store_true", help="refuse a lock that is behind what the project asks for")
    add("--ignore-host", action="store_true", help="even where this host lacks what the lock needs")
    add("--format", choices=FORMATS, default="table", help="table by default")


def run(arguments: "argparse.Namespace") -> int:
    """Sync, or only plan; 1 when ``--check`` finds drift."""
    return _answered(
        _Asked(
            directory=arguments.directory,
            options=_options(arguments),
            is_only_planned=arguments.dry_run or arguments.check,
            is_check=arguments.check,
            form=arguments.format,
        )
    )


def run_plainly() -> int:
    """Do what ``samestack sync`` does without any words: a parser would take as long as a small change."""
    return _answered(_Asked())


def _answered(asked: _Asked) -> int:
    project = read_project(Path(asked.directory))
    if asked.is_only_planned:
        found = survey(project, asked.options)
        warnings = warnings_of(found, asked.options)
    else:
        synced = sync(project, asked.options, terminal_reporter())
        found, warnings = synced.survey, synced.warnings
    if warnings and asked.form != "json":
        warn(warnings)
    deliver(_rendered(found, warnings, asked.form, is_done=not asked.is_only_planned), None)
    return 1 if asked.is_check and not found.plan.is_empty else 0


def _options(arguments: "argparse.Namespace") -> SyncOptions:
    return SyncOptions(
        lock=Path(arguments.lock) if arguments.lock else None,
        environment=Path(arguments.environment) if arguments.environment else None,
        python=arguments.python,
        with_project=not arguments.no_project,
        reinstall=arguments.reinstall,
        must_be_current=arguments.locked,
        ignore_host=arguments.ignore_host,
    )


def _rendered(found: Survey, warnings: tuple[str, ...], chosen: str, *, is_done: bool) -> bytes | Drawing:
    if chosen == "json":
        from samestack.render.sync.plan_json import encode_plan

        return encode_plan(found, warnings, is_done=is_done)
    from samestack.render.sync.plan_text import plan_text, print_plan

    if not sys.stdout.isatty():
        return plan_text(found, is_done=is_done).encode()
    return lambda console: print_plan(found, console, is_done=is_done)
