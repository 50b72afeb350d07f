"""``samestack advise``: venv, conda or Poetry for this project, and why?"""

import argparse
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from samestack.cli.output import Drawing, deliver, terminal_reporter

if TYPE_CHECKING:
    from samestack.advise.advice import Advice

EXAMPLES = """\
  samestack advise                            the project in this directory
  samestack advise path/to/project --offline  without asking the index for wheels
  samestack advise --weight cluster=3 --weight notebooks=0
  samestack advise --list-rows                the decision matrix
  samestack advise --format json -o advice.json
"""
FORMATS = ("table", "json")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the verb's arguments."""
    add = parser.add_argument
    add(
        "directory",
        nargs="?",
        default=".",
        metavar="DIR",
        help="the project's directory; by default this one",
    )
    add("--offline", action="store_true", help="do not ask the index whether there are wheels")
    add("--weight", action="append", default=[], metavar="ROW=N", help="count a row of the matrix N times")
    add(
        "--list-rows",
        action="store_true",
        help="list the rows of the matrix with their points, advise nothing",
    )
    add("--full", action="store_true", help="show every place where a reason was seen")
    add("--format", choices=FORMATS, help="table by default, or told from the name of FILE")
    add("-o", "--output", metavar="FILE", help="write to FILE instead")


def run(arguments: argparse.Namespace) -> int:
    """Look, add up, deliver; 0 whatever is advised."""
    if arguments.list_rows:
        deliver(_rows(_format_of(arguments)), arguments.output)
        return 0
    from samestack.advise.entry import advise

    directory = Path(arguments.directory)
    weights = _weights(directory, tuple(arguments.weight))
    advice = advise(directory, weights, terminal_reporter(), is_offline=arguments.offline)
    deliver(_rendered(advice, _format_of(arguments), is_full=arguments.full), arguments.output)
    return 0


def _weights(directory: Path, stated: tuple[str, ...]) -> Mapping[str, float]:
    from samestack.advise.settings import stated_weights, weights_of

    return {**weights_of(directory), **stated_weights(stated)}


def _format_of(arguments: argparse.Namespace) -> str:
    is_json = (arguments.output or "").lower().endswith(".json")
    return str(arguments.format or ("json" if is_json else "table"))


def _rendered(advice: "Advice", chosen: str, *, is_full: bool) -> bytes | Drawing:
    if chosen == "json":
        from samestack.render.advice.advice_json import encode_advice

        return encode_advice(advice)
    from samestack.render.advice.advice_table import print_advice

    return lambda console: print_advice(advice, console, full=is_full)


def _rows(chosen: str) -> bytes | Drawing:
    from samestack.advise.matrix import matrix

    if chosen == "json":
        from samestack.render.advice.advice_json import encode_rows

        return encode_rows(matrix())
    from samestack.render.advice.advice_table import print_rows

    return lambda console: print_rows(matrix(), console)
