"""``samestack env``: which environments are there? Remove, copy, export them."""

import argparse
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Final

from samestack.cli.output import Drawing, deliver, terminal_reporter
from samestack.errors import RequestError

if TYPE_CHECKING:
    from samestack.envs.managing.listing import Listing

EXAMPLES = """\
  samestack env list                        what samestack has made on this machine, and what it takes
  samestack env list --drift                and whether each is still what its lock says
  samestack env remove recommender --yes    by the name of its project, or by a path
  samestack env clone .venv /tmp/try        a second one from the same lock: links, not copies
  samestack env export --to requirements -o requirements.txt
"""
FORMATS = ("table", "json")
EXPORTS = ("requirements", "environment.yml", "explicit", "pylock")
_WHICH: Final = "a path, a project's directory, or the name of a project"
_NAMED: Final = "ENVIRONMENT is the path of one, a project's directory, or the name of a project."


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments of every action."""
    actions = parser.add_subparsers(
        dest="action", metavar="ACTION", title="actions", description=_NAMED, required=True
    )

    def action(name: str, summary: str) -> argparse.ArgumentParser:
        added = actions.add_parser(
            name, help=summary, description=summary, formatter_class=parser.formatter_class
        )
        # Beside the verb's own, so that it can stand at the end as with every other verb.
        added.add_argument("--debug", action="store_true", default=argparse.SUPPRESS, help=argparse.SUPPRESS)
        return added

    listing = action("list", "the environments that samestack has made here, the last used first")
    listing.add_argument("--drift", action="store_true", help="hold each against its lock")
    listing.add_argument("--format", choices=FORMATS, default="table", help="table by default")
    removing = action("remove", "remove an environment from the disk")
    removing.add_argument("environment", metavar="ENVIRONMENT", help=_WHICH)
    removing.add_argument(
        "--yes", action="store_true", help="do it; without this it is only said what would go"
    )
    cloning = action("clone", "make a second environment from the same lock")
    cloning.add_argument("environment", metavar="ENVIRONMENT", help=_WHICH)
    cloning.add_argument("destination", type=Path, metavar="PATH", help="where the new one is to be")
    exporting = action("export", "write the lock of an environment in another tool's format")
    exporting.add_argument("environment", nargs="?", default="", metavar="ENVIRONMENT", help=_WHICH)
    exporting.add_argument("--to", choices=EXPORTS, required=True, help="the format")
    exporting.add_argument("-o", "--output", metavar="FILE", help="write to FILE instead of standard output")


def run(arguments: argparse.Namespace) -> int:
    """Do what is asked for."""
    return _ACTIONS[arguments.action](arguments)


def _list(arguments: argparse.Namespace) -> int:
    from samestack.envs.managing.listing import listing

    found = listing(terminal_reporter(), with_drift=arguments.drift)
    deliver(_rendered(found, arguments.format), None)
    return 0


def _rendered(found: "Listing", chosen: str) -> bytes | Drawing:
    if chosen == "json":
        from samestack.render.environments.environments_json import encode_environments

        return encode_environments(found)
    from samestack.render.environments.environments_table import print_environments

    return lambda console: print_environments(found, console)


def _remove(arguments: argparse.Namespace) -> int:
    from samestack.envs.managing.disk_use import disk_use
    from samestack.envs.managing.named_environment import environment_named
    from samestack.envs.managing.removing import check_removable, remove
    from samestack.render.environments.environments_table import size_words

    environment = environment_named(arguments.environment)
    check_removable(environment)
    takes = size_words(disk_use(environment))
    if not arguments.yes:
        raise RequestError(f"{environment} is still there: {takes}", hint="to remove it, add --yes")
    remove(environment)
    sys.stdout.write(f"removed {environment} ({takes})\n")
    return 0


def _clone(arguments: argparse.Namespace) -> int:
    from samestack.envs.managing.cloning import clone
    from samestack.envs.managing.named_environment import environment_named

    source = environment_named(arguments.environment)
    destination = arguments.destination.expanduser().resolve()
    cloned = clone(source, destination, terminal_reporter())
    for note in cloned.notes:
        sys.stderr.write(f"warning: {note}\n")
    sys.stdout.write(f"made {cloned.environment} from {cloned.made_from}\n")
    return 0


def _export(arguments: argparse.Namespace) -> int:
    from samestack.envs.managing.lock_of import lock_of
    from samestack.envs.running.project_environment import project_around
    from samestack.lock.exports.entry import exported

    deliver(
        exported(lock_of(arguments.environment or str(project_around(Path.cwd()))), arguments.to),
        arguments.output,
    )
    return 0


_ACTIONS: Final[dict[str, Callable[[argparse.Namespace], int]]] = {
    "list": _list,
    "remove": _remove,
    "clone": _clone,
    "export": _export,
}
