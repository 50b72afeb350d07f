"""The arguments of every verb; the module of a verb is imported only when its arguments are asked for."""

import argparse
import importlib
import os
from typing import Final

from samestack import __version__
from samestack.cli.actions import declare_all

VERBS: Final = {
    "capture": "what is in this environment?",
    "check": "does it hold together, and with its host?",
    "diff": "what differs between two environments, in which layer, and what can each difference do?",
    "explain": "why can these requirements not be met, and what is the smallest change that would do?",
    "init": "write a manifest from what this project shows",
    "advise": "venv, conda or Poetry for this project, and why?",
    "lock": "decide the stack: every version and hash, and what the host must offer",
    "sync": "make the environment what the lock says",
    "run": "run a command in the project's environment",
    "env": "which environments are there? remove, copy, export them",
    "config": "is the configuration whole and right, where does each value come from, are its secrets kept?",
    "image": "put the stack in a container: build, verify, explain, push, run",
    "parity": "is it one stack everywhere, and is only configuration different?",
    "deploy": "render what a platform wants, and move one digest from environment to environment",
    "record": "what does a program answer here, for these inputs?",
    "replay": "does it still answer the same, in another environment?",
    "bisect": "which change made it answer differently?",
    "tour": "the whole story on the VisionaryAI example, on this machine",
    "completion": "print the completion script for your shell",
}
"""Every verb with the question that it answers. The module of a verb is imported only to run it."""

# argparse looks for translations of its own words, one search a word; beside our English they would only mix.
argparse._ = lambda text: text  # type: ignore[attr-defined]

_DESCRIPTION: Final = "Same stack everywhere; only configuration changes."
_EPILOG: Final = """\
A REFERENCE names an environment: machine:, venv:PATH, python:PATH, conda:PATH-or-NAME, rootfs:DIR,
oci:PATH[:TAG], image:NAME, container:NAME, registry:HOST/NAME[:TAG], ssh:[USER@]HOST/REFERENCE,
kubernetes:NAMESPACE/NAME, or the path of a requirements file, a lock, an environment.yml, an SBOM, a saved
snapshot or a project.

exit status: 0 as hoped; 1 it ran, and what it looked for is not so; 2 the request or its input is wrong;
3 something outside failed.
"""


class _Formatter(argparse.RawDescriptionHelpFormatter):
    """Help as wide as the terminal; argparse itself would load five modules to ask for its width."""

    def __init__(self, prog: str) -> None:
        super().__init__(prog, width=_width() - 2)


def verb_parser(verb: str) -> argparse.ArgumentParser:
    """The parser of what follows a verb: all that most calls need, since parsers cost time to make."""
    parser = argparse.ArgumentParser(
        prog=f"samestack {verb}", description=VERBS[verb], formatter_class=_Formatter
    )
    _complete(parser, verb)
    return parser


def build_parser(*verbs: str) -> argparse.ArgumentParser:
    """The parser that knows every verb by name and the arguments of the ``verbs`` that are asked for."""
    parser = argparse.ArgumentParser(
        prog="samestack",
        description=_DESCRIPTION,
        epilog=_EPILOG,
        formatter_class=_Formatter,
    )
    parser.add_argument("--version", action="version", version=f"samestack {__version__}")
    parser.set_defaults(debug=False)
    commands = parser.add_subparsers(dest="verb", metavar="VERB", title="verbs", prog="samestack")
    for verb, summary in VERBS.items():
        command = commands.add_parser(verb, help=summary, description=summary, formatter_class=_Formatter)
        if verb in verbs:
            _complete(command, verb)
            declare_all(command)
    return parser


def _width() -> int:
    try:
        return int(os.environ.get("COLUMNS", "")) or 80
    except ValueError:
        return os.get_terminal_size().columns if os.isatty(1) else 80


def _complete(command: argparse.ArgumentParser, verb: str) -> None:
    module = importlib.import_module(f"samestack.cli.{verb}")
    command.epilog = f"examples:\n{module.EXAMPLES}"
    module.add_arguments(command)
    command.add_argument("--debug", action="store_true", help="show the traceback of an error")
    command.set_defaults(run=module.run)
