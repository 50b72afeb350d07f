"""``samestack config why``: where does a value come from, and what does it go before?"""

import argparse
from typing import Final

from samestack.cli.configs.asking import resolved
from samestack.cli.configs.delivering import add_format, format_of
from samestack.cli.configs.terms import add_profile, add_project, request_of
from samestack.cli.output import deliver
from samestack.config.explaining import explained

EXAMPLES: Final = """\
  samestack config why MAX_WORKERS                       the value, its file and line, what it goes before
  samestack config why database.url --profile staging    by its path in a document
  samestack config why HUGGINGFACE_API_KEY --format json
"""
FORMATS: Final = ("table", "json")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the action's arguments."""
    parser.add_argument("key", metavar="KEY", help="a variable, an alias of one, or its path in a document")
    add_profile(parser)
    add_format(parser, FORMATS)
    add_project(parser)


def run(arguments: argparse.Namespace) -> int:
    """Tell all of one variable; 1 where no source has it."""
    (resolution,) = resolved([request_of(arguments)])
    told = explained(arguments.key, resolution)
    if format_of(arguments, FORMATS) == "json":
        from samestack.render.configuration.explanation_json import encode_explanation

        deliver(encode_explanation(told), arguments.output)
    else:
        from samestack.render.configuration.explanation_text import print_explanation

        deliver(lambda console: print_explanation(told, console), arguments.output)
    return 1 if told.value is None else 0
