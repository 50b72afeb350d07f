"""``samestack config show``: the values of a profile, secrets masked."""

import argparse
from typing import Final

from samestack.cli.configs.asking import resolved
from samestack.cli.configs.delivering import add_format, format_of
from samestack.cli.configs.findings import tell
from samestack.cli.configs.terms import add_profile, add_project, request_of
from samestack.cli.output import deliver

EXAMPLES: Final = """\
  samestack config show                                  what the profile that is meant here says
  samestack config show --profile production             another's, secrets masked
  samestack config show --set LOG_LEVEL=DEBUG            what it would be with that
  samestack config show --format json                    for a program, with all that is shadowed
"""
FORMATS: Final = ("table", "json")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the action's arguments."""
    add_profile(parser)
    add_format(parser, FORMATS)
    add_project(parser)


def run(arguments: argparse.Namespace) -> int:
    """Show every variable with its value and source; what is wrong goes to standard error."""
    (resolution,) = resolved([request_of(arguments)])
    if format_of(arguments, FORMATS) == "json":
        from samestack.render.configuration.resolution_json import encode_configuration

        deliver(encode_configuration(resolution), arguments.output)
    else:
        from samestack.render.configuration.resolution_table import print_configuration

        deliver(lambda console: print_configuration(resolution, console), arguments.output)
    tell(resolution)
    return resolution.exit_status
