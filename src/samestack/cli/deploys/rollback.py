"""``samestack deploy rollback``: bring an environment back to what it ran before."""

import argparse
from typing import Final

from samestack.cli.deploys.delivering import delivered
from samestack.cli.deploys.surroundings import add_surroundings, surroundings_of

EXAMPLES: Final = """\
  samestack deploy rollback production                   print what it would be brought back to
  samestack deploy rollback production --apply           back to what ran before
  samestack deploy rollback production --to sha256:4f1c --apply
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the action's arguments."""
    add = parser.add_argument
    add("environment", metavar="ENVIRONMENT")
    add("--to", default="", metavar="DIGEST", help="the image, or the beginning of its digest")
    add_surroundings(parser)


def run(arguments: argparse.Namespace) -> int:
    """Roll back, and say what came of it."""
    from samestack.cli.configs.terms import project_of
    from samestack.deploy.promoting import roll_back
    from samestack.deploy.promotion import RollbackRequest

    surroundings = surroundings_of(arguments, project_of(arguments))
    request = RollbackRequest(environment=arguments.environment, digest=arguments.to, applies=arguments.apply)
    return delivered(lambda: roll_back(request, surroundings))
