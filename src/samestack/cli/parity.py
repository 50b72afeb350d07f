"""``samestack parity``: is it one stack everywhere, and is only configuration different?"""

import argparse
import os
from pathlib import Path
from typing import Final

from samestack.cli.deferred_reporter import DeferredReporter
from samestack.cli.output import Drawing, deliver
from samestack.envs.running.project_environment import project_around
from samestack.errors import RequestError
from samestack.parity.parity import parity
from samestack.parity.report import ParityReport, Verdict
from samestack.parity.request import ParityRequest

EXAMPLES: Final = """\
  samestack parity                                       all environments of the project
  samestack parity --environment staging --environment production
  samestack parity --format markdown -o parity.md        for a pull request
  samestack parity --no-replay --timeout 20              quickly, without running anything
  samestack parity -o parity.html
"""
FORMATS: Final = ("table", "json", "markdown", "html")
_SUFFIXES: Final = {".json": "json", ".md": "markdown", ".html": "html", ".htm": "html"}
_STATUSES: Final = {Verdict.HOLDS: 0, Verdict.FAILS: 1, Verdict.UNKNOWN: 3}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the verb's arguments."""
    add = parser.add_argument
    add(
        "--environment",
        action="append",
        default=[],
        metavar="NAME",
        dest="environments",
        help="ask this one only; may be repeated",
    )
    add("--no-replay", action="store_true", help="replay no recordings, so that nothing is run")
    add("--timeout", type=_seconds, metavar="SECONDS", help="how long each environment may take (60)")
    add("--format", choices=FORMATS, help="table by default, or told from the name of FILE")
    add("-o", "--output", metavar="FILE", help="write to FILE instead")
    add("--project", type=Path, metavar="DIR", help="the project; by default the nearest around this place")


def run(arguments: argparse.Namespace) -> int:
    """Read all, hold them against the law, deliver; 0 it holds, 1 it does not, 3 that is not known."""
    if arguments.output is not None and not Path(arguments.output).parent.is_dir():
        file = Path(arguments.output)
        raise RequestError(f"'{file.parent}': no such directory, to write {file.name} into")
    project = Path(arguments.project or project_around(Path.cwd())).absolute()
    request = ParityRequest(
        project=project,
        environments=tuple(arguments.environments),
        variables=os.environ,
        seconds=arguments.timeout,
        replays=not arguments.no_replay,
        deployed=lambda environment: _deployed(project, environment),
    )
    report = parity(request, DeferredReporter())
    deliver(_rendered(report, _format_of(arguments)), arguments.output)
    return _STATUSES[report.standing]


def _deployed(project: Path, environment: str) -> str:
    """The digest that was last deployed; a name that no history can have was never deployed to."""
    from samestack.deploy.history import DIRECTORY, read_history

    if not (project / DIRECTORY / f"{environment}.jsonl").is_file():
        return ""
    current = read_history(project, environment).current
    return current.digest if current else ""


def _seconds(text: str) -> float:
    seconds = float(text)
    if not 0 < seconds < float("inf"):
        raise ValueError(text)
    return seconds


def _format_of(arguments: argparse.Namespace) -> str:
    suffix = Path(arguments.output or "").suffix.lower()
    return str(arguments.format or _SUFFIXES.get(suffix, "table"))


def _rendered(report: ParityReport, chosen: str) -> bytes | Drawing:
    if chosen == "json":
        from samestack.render.parity.parity_json import encode_parity

        return encode_parity(report)
    if chosen == "markdown":
        from samestack.render.parity.parity_markdown import parity_markdown

        return parity_markdown(report).encode()
    if chosen == "html":
        from samestack.render.parity.parity_html import parity_html

        return parity_html(report).encode()
    from samestack.render.parity.parity_table import print_parity

    return lambda console: print_parity(report, console)
