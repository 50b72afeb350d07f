"""``samestack deploy``: what a platform wants, and one digest moved from environment to environment."""

import argparse
from collections.abc import Mapping
from typing import Final

from samestack.cli.actions import action_module, add_actions

_PACKAGE: Final = "samestack.cli.deploys"
ACTIONS: Final[Mapping[str, str]] = {
    "render": "what Kubernetes or Compose wants, from the lock, one image and one profile",
    "promote": "bring the very image of one environment to the next, if the law holds",
    "rollback": "bring an environment back to what it ran before",
    "history": "who brought what where, when, and how it ended",
}
"""Every action with what it does. The module of an action stands in ``cli/deploys``."""

EXAMPLES: Final = """\
  samestack deploy render --to kubernetes --environment production -o deploy/production
  samestack deploy render --to compose --profile staging --image sha256:... -o compose.yaml
  samestack deploy promote staging production            what would be done, and may it be?
  samestack deploy promote staging production --apply    do it, and wait for it
  samestack deploy rollback production --apply           back to what ran before
  samestack deploy history production                    who brought what there, and when
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the actions."""
    add_actions(parser, _PACKAGE, ACTIONS)


def run(arguments: argparse.Namespace) -> int:
    """Do what is asked for."""
    return int(action_module(_PACKAGE, arguments).run(arguments))
