"""``samestack deploy history``: who brought what where, when, and how it ended."""

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

from samestack.cli.output import deliver

if TYPE_CHECKING:
    from samestack.deploy.history import History

EXAMPLES: Final = """\
  samestack deploy history                               all environments
  samestack deploy history production --format json
  samestack deploy history --verify                      chains, and signatures
"""
FORMATS: Final = ("table", "json")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the action's arguments."""
    add = parser.add_argument
    add("environment", nargs="?", metavar="ENVIRONMENT", help="by default all that have a history")
    add("--format", choices=FORMATS, default="table", help="table by default")
    add("--verify", action="store_true", help="hold chains against each other, and signatures against keys")
    add("--signers", type=Path, metavar="FILE", help="allowed signers (deployments/allowed_signers)")
    add("--project", type=Path, metavar="DIR", help="the project; by default the nearest around this place")


def run(arguments: argparse.Namespace) -> int:
    """Read the histories and show them; with ``--verify`` 1 where something is wrong."""
    from samestack.cli.configs.terms import project_of
    from samestack.deploy.history import history_names, read_history

    project = project_of(arguments)
    names = [arguments.environment] if arguments.environment else history_names(project)
    histories = [(name, read_history(project, name)) for name in names]
    _deliver(histories, arguments.format)
    for _, history in histories:
        if history.is_torn:
            sys.stderr.write(
                f"note: {history.file} ends in half a line, from a crash; it counts for nothing\n"
            )
    return _verified(project, histories, arguments.signers) if arguments.verify else 0


def _deliver(histories: "list[tuple[str, History]]", chosen: str) -> None:
    """Show them as a table or as JSON."""
    if chosen == "json":
        from samestack.render.deployments.history_json import encode_histories

        deliver(encode_histories(histories), None)
        return
    from samestack.render.deployments.history_text import print_histories

    deliver(lambda console: print_histories(histories, console), None)


def _verified(project: Path, histories: "list[tuple[str, History]]", signers: Path | None) -> int:
    """Say what is wrong with chains and signatures; reading has verified each chain by itself."""
    from samestack.deploy.history import DIRECTORY
    from samestack.deploy.verifying import history_faults
    from samestack.render.printable import printable

    file = signers or project / DIRECTORY / "allowed_signers"
    faults = history_faults(project, [history for _, history in histories], file)
    for fault in faults:
        sys.stderr.write(f"error: {printable(fault)}\n")
    return 1 if faults else 0
