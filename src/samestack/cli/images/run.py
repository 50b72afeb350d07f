"""``samestack image run``: a container with a profile's configuration, and secrets as files."""

import argparse
import os
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NoReturn

from samestack.cli.configs.findings import told
from samestack.cli.configs.terms import add_profile, add_project, request_of
from samestack.cli.output import terminal_reporter
from samestack.config.running.variables import variables_of
from samestack.errors import RequestError
from samestack.image.running.running import RunRequest, ready
from samestack.image.running.secret import parse_secret
from samestack.oci.engines.engine import Engine
from samestack.oci.engines.finding import engine
from samestack.process import become

EXAMPLES = """\
  samestack image run oci:image --profile development --publish 8000
  samestack image run registry:registry.example.com/team/name:1.0 --profile production \\
      --secret database-password=/etc/name/password
  samestack image run image.tar --gpus -- python -m name.train --epochs 3
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the action's arguments."""
    parser.usage = "%(prog)s [options] REF [options] [-- CMD ...]"
    _add_options(parser)
    parser.add_argument(
        "words",
        nargs=argparse.REMAINDER,
        metavar="REF [-- CMD ...]",
        help="oci:DIR[:TAG], an archive, registry:, image:; and what to run in it instead of what it says",
    )


def run(arguments: argparse.Namespace) -> int:
    """Become the engine's client; from there on signals and exit status are the container's own."""
    command = _completed(arguments)
    used = engine(arguments.engine)
    variables: Mapping[str, str] = {}
    if arguments.profile or arguments.overrides:
        resolution = told(request_of(arguments))
        if resolution.has_failed:
            return resolution.exit_status
        variables = variables_of(resolution)
    return _begin(_request(arguments, command, variables), used)


def _begin(request: RunRequest, used: Engine) -> NoReturn:
    made = ready(request, used, terminal_reporter())
    for note in made.notes:
        sys.stderr.write(f"samestack: {note}\n")
    become(made.command, os.environ)


def _add_options(parser: argparse.ArgumentParser) -> None:
    add = parser.add_argument
    add_profile(parser)
    add_project(parser)
    add("--env-file", type=Path, metavar="FILE", help="further variables, NAME=value a line")
    add(
        "--secret",
        action="append",
        default=[],
        metavar="NAME=FILE",
        help="a file that the container sees as /run/secrets/NAME, and nobody else; may be repeated",
    )
    add(
        "--publish",
        action="append",
        default=[],
        metavar="PORT",
        help="a port for this machine alone: 8000, 8080:8000, or 0.0.0.0:8080:8000 for all; may be repeated",
    )
    add("--network", default="", metavar="NAME", help="a network of the engine: host, none, or one's own")
    add("--gpus", action="store_true", help="give it the GPUs of this machine, where there are any")
    add("--engine", default="", metavar="PROGRAM", help="docker or podman; by default the one that is there")


def _completed(arguments: argparse.Namespace) -> tuple[str, ...]:
    """The command; what stands before its ``--``, options too, is where it would be without a command.

    argparse itself takes options after REF for the command's. :class:`RequestError` for a command without
    ``--``: its own options could be taken for ours.
    """
    words: Sequence[str] = arguments.words
    end = words.index("--") if "--" in words else len(words)
    parser = argparse.ArgumentParser(prog="samestack image run", add_help=False, allow_abbrev=False)
    _add_options(parser)
    parser.add_argument("reference", nargs="?")
    _, strange = parser.parse_known_args(words[:end], namespace=arguments)
    if strange:
        hint = "what runs in the container stands after --: samestack image run REF -- CMD"
        raise RequestError(f"'{strange[0]}' is no option", hint=hint)
    if not arguments.reference:
        raise RequestError("no image is named", hint="for example oci:image, or registry:HOST/NAME:TAG")
    return tuple(words[end + 1 :])


def _request(
    arguments: argparse.Namespace, command: tuple[str, ...], variables: Mapping[str, str]
) -> RunRequest:
    return RunRequest(
        reference=arguments.reference,
        command=command,
        variables=variables,
        variables_file=arguments.env_file,
        secrets=tuple(map(parse_secret, arguments.secret)),
        ports=tuple(arguments.publish),
        network=arguments.network,
        wants_gpus=arguments.gpus,
    )
