"""``samestack image``: put the stack in a container."""

import argparse
from collections.abc import Mapping
from typing import Final

from samestack.cli.actions import action_module, add_actions

_PACKAGE: Final = "samestack.cli.images"
ACTIONS: Final[Mapping[str, str]] = {
    "build": "the image itself, from the lock, without an engine",
    "dockerfile": "a Dockerfile of the lock, for those who build with an engine",
    "verify": "hold an image against its lock, file by file",
    "explain": "what is in an image, by layer and package, and what a change would move",
    "attest": "say what is in an image and where it comes from, and check what others say",
    "push": "bring an image to a registry",
    "run": "run a container with a profile's configuration, and secrets as files",
}
"""Every action with what it does. The module of an action stands in ``cli/images``."""

EXAMPLES = """\
  samestack image build -o oci:image                        the image itself, without any engine
  samestack image verify oci:image                          is it what the lock says, file by file?
  samestack image explain oci:image -o image.html           what is in it, and what takes the room
  samestack image push oci:image registry:registry.example.com/team/agent:1.0
  samestack image run oci:image --profile development --publish 8000
"""
FORMATS = ("table", "json")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the actions."""
    add_actions(parser, _PACKAGE, ACTIONS)


def run(arguments: argparse.Namespace) -> int:
    """Do what is asked for."""
    return int(action_module(_PACKAGE, arguments).run(arguments))
