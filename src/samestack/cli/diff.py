"""``samestack diff``: what differs between two environments, and what can each difference do?"""

import argparse

from samestack.capture.entry import capture
from samestack.capture.options import Options
from samestack.cli.output import Drawing, deliver, terminal_reporter
from samestack.compare.difference import Comparison
from samestack.compare.judge import judge
from samestack.model import Reference
from samestack.progress import SILENT

EXAMPLES = """\
  samestack diff venv:.venv requirements.txt         does this environment have what the file asks for?
  samestack diff sarah.json venv:.venv               a colleague's snapshot against mine
  samestack diff requirements.txt environment.yml    names are mapped between index and conda
  samestack diff image:agent:1.0 venv:.venv          is the image what I develop with?
  samestack diff yesterday.json machine: --format json
  samestack diff a.json b.json -o report.html
"""
FORMATS = ("table", "json", "markdown", "html")
_SUFFIXES = {".json": "json", ".md": "markdown", ".html": "html", ".htm": "html"}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the verb's arguments."""
    parser.add_argument("before", metavar="A", help="a reference: the environment to start from")
    parser.add_argument("after", metavar="B", help="a reference: the environment to compare with it")
    parser.add_argument("--format", choices=FORMATS, help="table by default, or told from the name of FILE")
    parser.add_argument("-o", "--output", metavar="FILE", help="write to FILE instead")
    parser.add_argument("--deep", action="store_true", help="compare what the binaries need, too")
    parser.add_argument("--full", action="store_true", help="list every change in the table")


def run(arguments: argparse.Namespace) -> int:
    """Capture both, judge, deliver; 0 when nothing differs."""
    options = Options(deep=arguments.deep, reporter=terminal_reporter() if arguments.deep else SILENT)
    before, after = (capture(Reference.parse(text), options) for text in (arguments.before, arguments.after))
    comparison = judge(before, after)
    deliver(_rendered(comparison, _format_of(arguments), is_full=arguments.full), arguments.output)
    return 0 if comparison.is_equal else 1


def _format_of(arguments: argparse.Namespace) -> str:
    _, dot, suffix = (arguments.output or "").rpartition(".")
    return str(arguments.format or _SUFFIXES.get(dot + suffix.lower(), "table"))


def _rendered(comparison: Comparison, chosen: str, *, is_full: bool) -> bytes | Drawing:
    if chosen == "json":
        from samestack.render.comparison.comparison_json import encode_comparison

        return encode_comparison(comparison)
    if chosen == "markdown":
        from samestack.render.comparison.comparison_markdown import comparison_markdown

        return comparison_markdown(comparison).encode()
    if chosen == "html":
        from samestack.render.comparison.comparison_html import comparison_html

        return comparison_html(comparison).encode()
    from samestack.render.comparison.comparison_table import print_comparison

    return lambda console: print_comparison(comparison, console, full=is_full)
