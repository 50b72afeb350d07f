"""``samestack config sources``: where a profile's values come from, the highest layer first."""

import argparse
from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from msgspec import structs

from samestack.cli.configs.asking import resolved
from samestack.cli.configs.delivering import add_format, format_of
from samestack.cli.configs.terms import add_profile, add_project, request_of
from samestack.cli.output import deliver
from samestack.config.source_listing import exit_status_of, installed_kinds, listed

if TYPE_CHECKING:
    from samestack.config.sources.kind import SourceKind

EXAMPLES: Final = """\
  samestack config sources --profile production          the layers, and whether each answers
  samestack config sources --kinds                       what a source can be, plug-ins too
  samestack config sources --format json
"""
FORMATS: Final = ("table", "json")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the action's arguments."""
    add_profile(parser)
    parser.add_argument("--kinds", action="store_true", help="list what a source can be, and ask none")
    add_format(parser, FORMATS)
    add_project(parser)


def run(arguments: argparse.Namespace) -> int:
    """List the layers; 3 where a required store is down, 1 where one says nothing for another reason."""
    if arguments.kinds:
        _deliver_kinds(installed_kinds(), arguments)
        return 0
    request = structs.replace(request_of(arguments), presence_only=True)
    (resolution,) = resolved([request])
    sources = listed(resolution)
    if format_of(arguments, FORMATS) == "json":
        from samestack.render.configuration.sources_json import encode_sources

        deliver(encode_sources(sources, resolution.profile), arguments.output)
    else:
        from samestack.render.configuration.sources_table import print_sources

        deliver(lambda console: print_sources(sources, console), arguments.output)
    return exit_status_of(sources)


def _deliver_kinds(kinds: Sequence["SourceKind"], arguments: argparse.Namespace) -> None:
    if format_of(arguments, FORMATS) == "json":
        from samestack.render.configuration.sources_json import encode_kinds

        deliver(encode_kinds(kinds), arguments.output)
    else:
        from samestack.render.configuration.sources_table import print_kinds

        deliver(lambda console: print_kinds(kinds, console), arguments.output)
