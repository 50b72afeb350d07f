"""``samestack config``: configuration apart from code, checked before anything starts, its secrets kept."""

import argparse
from collections.abc import Mapping
from typing import Final

from samestack.cli.actions import action_module, add_actions

_PACKAGE: Final = "samestack.cli.configs"
ACTIONS: Final[Mapping[str, str]] = {
    "check": "is every value there, and what it has to be? before anything starts",
    "show": "the values of a profile, secrets masked",
    "why": "where does this value come from, and what does it shadow?",
    "diff": "what differs between two profiles, secrets by fingerprint",
    "sources": "where a profile's values come from, the highest layer first",
    "docs": "a table of every variable, from the schema",
    "render": "the configuration for a platform: .env, Kubernetes, Compose",
    "init": "declare what this project's code reads",
    "encrypt": "put secrets into the encrypted file of a profile",
    "edit": "change the encrypted file of a profile in your editor",
    "rotate": "give a secret a new value, or the encrypted file new recipients",
    "scan": "find secrets that were written into code, notebooks, images or history",
}
"""Every action with what it does. The module of an action stands in ``cli/configs``."""

EXAMPLES: Final = """\
  samestack config init                                  declare what the code reads
  samestack config check --all                           is every profile whole and right?
  samestack config show --profile production             what it would be, secrets masked
  samestack config why MAX_WORKERS --profile staging     where that comes from
  samestack config diff development production           what differs
  samestack config scan --git                            secrets that were ever committed
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the actions."""
    add_actions(parser, _PACKAGE, ACTIONS)


def run(arguments: argparse.Namespace) -> int:
    """Do what is asked for."""
    return int(action_module(_PACKAGE, arguments).run(arguments))
