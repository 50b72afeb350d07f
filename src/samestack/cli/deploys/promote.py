"""``samestack deploy promote``: bring the very image of one environment to the next, if the law holds."""

import argparse
from pathlib import Path
from typing import Final

from samestack.cli.deploys.delivering import delivered
from samestack.cli.deploys.surroundings import add_surroundings, asked, surroundings_of

EXAMPLES: Final = """\
  samestack deploy promote staging production            verify, and print what would be applied
  samestack deploy promote staging production --apply    apply it, wait, and roll back what does not come up
  samestack deploy promote development staging --digest sha256:... --apply
  samestack deploy promote staging production --apply --yes --sign ~/.ssh/id_ed25519
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the action's arguments."""
    add = parser.add_argument
    add("source", metavar="FROM", help="the environment whose image it is")
    add("target", metavar="TO", help="the environment that comes after it")
    add("--digest", default="", metavar="D", help="the image, where FROM runs none: sha256:...")
    add("--sign", type=Path, metavar="KEY", help="sign the intent with an SSH key (ssh-keygen -Y sign)")
    add("--yes", action="store_true", help="do not ask before --apply")
    add_surroundings(parser)


def run(arguments: argparse.Namespace) -> int:
    """Verify, promote, and say what came of it; 0 where it is applied or rendered."""
    from msgspec import structs

    from samestack.cli.configs.terms import project_of
    from samestack.deploy.promoting import promote
    from samestack.deploy.promotion import PromoteRequest
    from samestack.deploy.signing import signed

    surroundings = surroundings_of(arguments, project_of(arguments))
    if arguments.sign is not None:
        surroundings = structs.replace(surroundings, sign=lambda entry: signed(entry, arguments.sign))
    if arguments.apply and not arguments.yes:
        surroundings = structs.replace(surroundings, ask=asked)
    request = PromoteRequest(
        source=arguments.source, target=arguments.target, digest=arguments.digest, applies=arguments.apply
    )
    return delivered(lambda: promote(request, surroundings))
