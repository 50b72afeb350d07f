"""``samestack completion``: print the completion script for your shell."""

import argparse

import shtab

from samestack.cli.output import deliver
from samestack.cli.parser import VERBS, build_parser

EXAMPLES = """\
  samestack completion bash > ~/.local/share/bash-completion/completions/samestack
  samestack completion zsh > ~/.zfunc/_samestack
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the verb's arguments."""
    parser.add_argument("shell", choices=shtab.SUPPORTED_SHELLS, help="the shell that is to complete")


def run(arguments: argparse.Namespace) -> int:
    """Print the script."""
    script = shtab.complete(build_parser(*VERBS), shell=arguments.shell)
    deliver(f"{script}\n".encode(), None)
    return 0
