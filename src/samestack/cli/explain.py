"""``samestack explain``: why can these requirements not be met, and which smallest change would do?"""

import argparse
import shlex
from collections.abc import Iterator, Mapping
from typing import Final

from samestack.cli.output import Drawing, deliver, terminal_reporter
from samestack.errors import RequestError
from samestack.render.explanation.explanation_text import Told
from samestack.solve.answering import answered
from samestack.solve.edits import apply, planned
from samestack.solve.explanation import Explanation
from samestack.solve.limits import Limits
from samestack.solve.request import Request, question_of

EXAMPLES = """\
  samestack explain                              the requirements of the project in this directory
  samestack explain "tensorflow==2.15.0" "numpy>=2.1"
  samestack explain requirements.txt --apply 1   make the first of the changes that would do
  samestack explain requirements.txt --installed venv:.venv
  samestack explain requirements.txt --as-of auto     on the day that the newest pin is of
  samestack explain environment.yml --host gpu-server.json -o report.html
"""
FORMATS = ("tree", "json", "html")
_SUFFIXES: Final = {".json": "json", ".html": "html", ".htm": "html"}
_SINGLE: Final = ("python", "platform", "host", "installed", "as_of")
_REPEATED: Final = ("extra", "group", "channel")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the verb's arguments."""
    parser.add_argument(
        "words",
        nargs="*",
        metavar="FILE|REQUIREMENT",
        help="requirements files, a pyproject.toml, an environment.yml, or requirements themselves; "
        "by default what this directory has of them",
    )
    _add_surroundings(parser)
    add = parser.add_argument
    add("--extra", action="append", default=[], metavar="X", help="with an extra of the pyproject.toml")
    add("--group", action="append", default=[], metavar="G", help="with a dependency group of it")
    add("--apply", type=int, metavar="N", help="make the edits of the way out number N in the files")
    add(
        "--max-solves",
        type=int,
        default=Limits().solves,
        metavar="N",
        help=f"how often the solver may be asked ({Limits().solves} by default)",
    )
    add("--format", choices=FORMATS, help="tree by default, or told from the name of FILE")
    add("-o", "--output", metavar="FILE", help="write to FILE instead")


def _add_surroundings(parser: argparse.ArgumentParser) -> None:
    add = parser.add_argument
    add("--python", default="", metavar="V", help="the Python to solve for: 3.11")
    add(
        "--platform",
        default="",
        metavar="P",
        help="in uv's words or conda's: x86_64-manylinux_2_28, linux-64",
    )
    add("--host", default="", metavar="REF", help="solve for the C library and GPU driver of this host")
    add("--installed", default="", metavar="REF", help="what this environment holds cannot be changed")
    add("--as-of", default="", metavar="DATE", help="as the index was on a day; auto: when the pins were new")
    add(
        "--channel",
        action="append",
        default=[],
        metavar="C",
        help="a conda channel: requirements are conda's",
    )


def run(arguments: argparse.Namespace) -> int:
    """Explain, and deliver it or apply a way out; 0 when everything can be met."""
    question = question_of(_request(arguments))
    explanation = answered(question, terminal_reporter())
    told = Told(explanation=explanation, notes=question.notes, command=_command(arguments))
    if arguments.apply is None or arguments.output is not None:
        deliver(_rendered(told, _format_of(arguments)), arguments.output)
    if arguments.apply is None:
        return 0 if explanation.is_met else 1
    _apply(explanation, arguments.apply, question.asked.digests)
    return 0


def _request(arguments: argparse.Namespace) -> Request:
    return Request(
        words=tuple(arguments.words),
        python=arguments.python,
        platform=arguments.platform,
        host=arguments.host,
        installed=arguments.installed,
        extras=tuple(arguments.extra),
        groups=tuple(arguments.group),
        channels=tuple(arguments.channel),
        as_of=arguments.as_of,
        max_solves=arguments.max_solves,
    )


def _apply(explanation: Explanation, number: int, digests: Mapping[str, str]) -> None:
    """Make the edits of a way out, and say what they changed."""
    if explanation.is_met:
        deliver(lambda console: console.print("Nothing to change: everything can be met as it stands."), None)
        return
    ways = explanation.relaxations
    if not 1 <= number <= len(ways):
        there_are = f"there are {len(ways)}" if ways else "none was found"
        raise RequestError(f"there is no way out number {number}: {there_are}")
    changes = planned(ways[number - 1].edits, digests)
    apply(changes)
    from samestack.render.explanation.file_changes import print_changes

    deliver(lambda console: print_changes(changes, console), None)


def _format_of(arguments: argparse.Namespace) -> str:
    _, dot, suffix = (arguments.output or "").rpartition(".")
    return str(arguments.format or _SUFFIXES.get(dot + suffix.lower(), "tree"))


def _rendered(told: Told, chosen: str) -> bytes | Drawing:
    if chosen == "json":
        from samestack.render.explanation.explanation_json import encode_explanation

        return encode_explanation(told)
    if chosen == "html":
        from samestack.render.explanation.explanation_html import explanation_html

        return explanation_html(told).encode()
    from samestack.render.explanation.explanation_tree import print_explanation

    return lambda console: print_explanation(told, console)


def _command(arguments: argparse.Namespace) -> str:
    """The command line as it can be repeated with ``--apply``."""
    return shlex.join(["samestack", "explain", *arguments.words, *_options(arguments)])


def _options(arguments: argparse.Namespace) -> Iterator[str]:
    for name in _SINGLE:
        if value := getattr(arguments, name):
            yield from (f"--{name.replace('_', '-')}", value)
    for name in _REPEATED:
        for value in getattr(arguments, name):
            yield from (f"--{name}", value)
    if arguments.max_solves != Limits().solves:
        yield from ("--max-solves", str(arguments.max_solves))
