"""``samestack image``: put the stack in a container."""

import argparse
import importlib
from collections.abc import Mapping
from types import ModuleType
from typing import Final

ACTIONS: Final[Mapping[str, str]] = {}
"""Every action with what it does. The module of an action stands in ``cli/images``."""

EXAMPLES = """\
"""
FORMATS = ("table", "json")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments of every action."""
    actions = parser.add_subparsers(dest="action", metavar="ACTION", title="actions", required=True)
    for name, summary in ACTIONS.items():
        module = _module(name)
        added = actions.add_parser(
            name,
            help=summary,
            description=summary,
            epilog=f"examples:\n{module.EXAMPLES}",
            formatter_class=parser.formatter_class,
        )
        # Beside the verb's own, so that it can stand at the end as with every other verb.
        added.add_argument("--debug", action="store_true", default=argparse.SUPPRESS, help=argparse.SUPPRESS)
        module.add_arguments(added)


def run(arguments: argparse.Namespace) -> int:
    """Do what is asked for."""
    return int(_module(arguments.action).run(arguments))


def _module(action: str) -> ModuleType:
    return importlib.import_module(f"samestack.cli.images.{action}")
