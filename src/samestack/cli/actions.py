"""Verbs that have actions: each is a module, which is imported only when its action is asked for."""

import argparse
import importlib
from collections.abc import Mapping
from types import ModuleType
from typing import Any


class ActionParser(argparse.ArgumentParser):
    """The parser of an action. It declares the action's arguments when it is first used."""

    module = ""
    """The name of the action's module."""
    _is_declared = False

    def declare(self) -> None:
        """Declare them now: for help and completion scripts, which look at what nobody has used."""
        if self._is_declared:
            return
        self._is_declared = True
        module = importlib.import_module(self.module)
        self.epilog = f"examples:\n{module.EXAMPLES}"
        # Beside the verb's own, so that it can stand at the end as with every other verb.
        self.add_argument("--debug", action="store_true", default=argparse.SUPPRESS, help=argparse.SUPPRESS)
        module.add_arguments(self)

    def parse_known_args(self, args: Any = None, namespace: Any = None) -> Any:  # noqa: ANN401
        """As the parent does."""
        self.declare()
        return super().parse_known_args(args, namespace)


def add_actions(parser: argparse.ArgumentParser, package: str, actions: Mapping[str, str]) -> None:
    """Declare actions, each with what it does; their modules stand in a package."""
    added = parser.add_subparsers(
        dest="action", metavar="ACTION", title="actions", required=True, parser_class=ActionParser
    )
    for name, summary in actions.items():
        action = added.add_parser(
            name, help=summary, description=summary, formatter_class=parser.formatter_class
        )
        action.module = f"{package}.{name}"


def declare_all(parser: argparse.ArgumentParser) -> None:
    """Let every action below a parser declare its arguments."""
    for part in parser._actions:  # argparse has no other way to them
        for below in part.choices.values() if isinstance(part, argparse._SubParsersAction) else ():
            if isinstance(below, ActionParser):
                below.declare()


def action_module(package: str, arguments: argparse.Namespace) -> ModuleType:
    """The module of the action that was asked for."""
    return importlib.import_module(f"{package}.{arguments.action}")
