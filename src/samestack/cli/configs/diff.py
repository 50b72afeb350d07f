"""``samestack config diff``: what differs between two profiles, secrets by fingerprint."""

import argparse
from collections.abc import Sequence
from typing import Final

from msgspec import structs

from samestack.cli.configs.asking import resolved
from samestack.cli.configs.delivering import add_format, format_of
from samestack.cli.configs.findings import tell
from samestack.cli.configs.terms import add_project, add_set, request_of
from samestack.cli.output import Drawing, deliver
from samestack.config.differing import ProfileComparison, compared
from samestack.config.fingerprints import new_key
from samestack.config.resolution import Resolution

EXAMPLES: Final = """\
  samestack config diff development production           values, and secrets by fingerprint
  samestack config diff staging production --origins     what comes from another layer, too
  samestack config diff staging production --presence    without the right to read their secrets
  samestack config diff staging production --format markdown
"""
FORMATS: Final = ("table", "json", "markdown")
_OF_SOURCES: Final = "source-"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the action's arguments."""
    parser.add_argument("before", metavar="A", help="a profile")
    parser.add_argument("after", metavar="B", help="the profile to hold against it")
    parser.add_argument(
        "--origins", action="store_true", help="tell where values come from, and compare that"
    )
    parser.add_argument(
        "--presence", action="store_true", help="ask stores only what they have, and read no value of theirs"
    )
    add_set(parser)
    add_format(parser, FORMATS)
    add_project(parser)


def run(arguments: argparse.Namespace) -> int:
    """Hold one against the other; 0 when nothing differs, 3 where a required store is down."""
    before, after = resolved(
        [
            structs.replace(request_of(arguments, profile=profile), presence_only=arguments.presence)
            for profile in (arguments.before, arguments.after)
        ]
    )
    comparison = compared(before, after, new_key(), with_origins=arguments.origins)
    chosen = format_of(arguments, FORMATS)
    deliver(_rendered(comparison, chosen, with_origins=arguments.origins), arguments.output)
    _tell_of_sources((before, after))
    if before.is_store_down or after.is_store_down:
        return 3
    return 0 if comparison.is_equal else 1


def _rendered(comparison: ProfileComparison, chosen: str, *, with_origins: bool) -> bytes | Drawing:
    if chosen == "json":
        from samestack.render.configuration.difference_json import encode_comparison

        return encode_comparison(comparison)
    if chosen == "markdown":
        from samestack.render.configuration.difference_markdown import comparison_markdown

        return comparison_markdown(comparison, with_origins=with_origins).encode()
    from samestack.render.configuration.difference_table import print_comparison

    return lambda console: print_comparison(comparison, console, with_origins=with_origins)


def _tell_of_sources(resolutions: Sequence[Resolution]) -> None:
    """Say what could not be read: a variable may be missing from one side because of that alone."""
    for one in resolutions:
        found = tuple(finding for finding in one.findings if finding.rule.startswith(_OF_SOURCES))
        tell(structs.replace(one, findings=found))
