"""``samestack bisect``: which change made it answer differently?"""

import argparse
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

from samestack.cli.output import deliver, terminal_reporter
from samestack.errors import RequestError

if TYPE_CHECKING:
    from samestack.behaviour.bisecting.bisection import Bisection
    from samestack.behaviour.bisecting.request import Effort, Request

EXAMPLES = """\
  samestack bisect --good venv:old --bad venv:new -- python check.py
  samestack bisect --good a/pylock.toml --bad b/pylock.toml --recording dev.recording
  samestack bisect --requirements requirements.txt --good 2022-05-01 --bad 2022-06-01 -- python train.py
  samestack bisect --good old.lock --bad new.lock --jobs 4 --timeout 60 -- python -m pytest tests
  samestack bisect --good a.json --bad b.json --apply -- python check.py     write what mends it
"""
FORMATS = ("table", "json")
_SIZE: Final = re.compile(r"(\d+(?:\.\d+)?)([kmgt]?)(?:i?b)?", re.IGNORECASE)
_UNITS: Final = {"": 1, "k": 1 << 10, "m": 1 << 20, "g": 1 << 30, "t": 1 << 40}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the verb's arguments."""
    add = parser.add_argument
    add("--good", required=True, metavar="REF|DATE", help="the environment that answers well, or its day")
    add("--bad", required=True, metavar="REF|DATE", help="the one that does not")
    add("--requirements", type=Path, metavar="FILE", help="decide FILE as of the two days")
    add(
        "--recording",
        type=Path,
        metavar="FILE",
        help="what the good environment answered; its program is run",
    )
    add("--inputs", type=Path, metavar="DIR|FILE", help="where its inputs are, if not where they were")
    add("--python", default="", metavar="V", help="the Python of the trials: 3.11, or a path")
    add("--jobs", type=_count, default=1, metavar="N", help="trials at once (1)")
    add("--executor", default="", metavar="A", help="a Dask cluster that carries them out: dask://HOST:PORT")
    add("--timeout", type=_seconds, default=600.0, metavar="SECONDS", help="how long one run may take (600)")
    add("--memory", type=_bytes, default=0, metavar="SIZE", help="how much memory one run may take: 4G")
    add("--confidence", type=_confidence, default=0.99, metavar="P", help="how sure a proof must be (0.99)")
    add("--max-trials", type=_count, default=1000, metavar="N", help="the most runs of the search (1000)")
    add("--resume", action="store_true", help="go on from the trials of an earlier bisection of the same")
    add("--apply", action="store_true", help="write what mends it into the project, with its reason")
    add("--format", choices=FORMATS, default="table", help="table by default")
    add("-o", "--output", metavar="FILE", help="write to FILE instead")
    add("command", nargs=argparse.REMAINDER, metavar="-- CMD ...", help="exit status 0: good; 125: untold")


def run(arguments: argparse.Namespace) -> int:
    """Bisect, deliver and apply; 0 when the culprits are found and proved."""
    from samestack.behaviour.bisecting.entry import bisect

    request = _request(arguments)
    try:
        found = bisect(request, terminal_reporter())
    except KeyboardInterrupt:
        sys.stderr.write("samestack: the trials that are done are kept; --resume goes on from them\n")
        raise
    _deliver(found, arguments)
    if arguments.apply:
        _apply(found, request, is_told=arguments.format != "json" or bool(arguments.output))
    return 0 if found.is_proven else 1


def _request(arguments: argparse.Namespace) -> "Request":
    from samestack.behaviour.bisecting.request import Request

    command = arguments.command[1:] if arguments.command[:1] == ["--"] else arguments.command
    if bool(command) == (arguments.recording is not None):
        hint = "end with: -- python check.py; or name a recording: --recording FILE"
        raise RequestError("name either a command or a recording, which tells good from bad", hint=hint)
    return Request(
        good=arguments.good,
        bad=arguments.bad,
        command=tuple(command),
        requirements=arguments.requirements,
        recording=arguments.recording,
        inputs=arguments.inputs,
        python=arguments.python,
        directory=Path.cwd(),
        effort=_effort(arguments),
        is_resumed=arguments.resume,
    )


def _effort(arguments: argparse.Namespace) -> "Effort":
    from samestack.behaviour.bisecting.request import Effort

    return Effort(
        jobs=arguments.jobs,
        executor=arguments.executor,
        seconds=arguments.timeout,
        memory=arguments.memory,
        trials=arguments.max_trials,
        confidence=arguments.confidence,
    )


def _deliver(found: "Bisection", arguments: argparse.Namespace) -> None:
    if arguments.format == "json":
        from samestack.render.bisection.bisection_json import encode_bisection

        deliver(encode_bisection(found), arguments.output)
        return
    from samestack.render.bisection.bisection_text import print_bisection

    deliver(lambda console: print_bisection(found, console), arguments.output)


def _apply(found: "Bisection", request: "Request", *, is_told: bool) -> None:
    """Write the constraints that were proved into the files of the project."""
    if not found.is_proven or not found.pins:
        raise RequestError("nothing was written: there is no constraint that was proved to mend it")
    from samestack.behaviour.bisecting.mending import changes_for
    from samestack.render.explanation.file_changes import print_changes
    from samestack.solve.edits import apply

    changes = changes_for(found, request)
    apply(changes)
    if is_told:
        deliver(lambda console: print_changes(changes, console), None)


def _count(text: str) -> int:
    number = int(text)
    if number < 1:
        raise ValueError(text)
    return number


def _seconds(text: str) -> float:
    seconds = float(text)
    if not 0 < seconds < float("inf"):
        raise ValueError(text)
    return seconds


def _confidence(text: str) -> float:
    confidence = float(text)
    if not 0 < confidence < 1:
        raise ValueError(text)
    return confidence


def _bytes(text: str) -> int:
    found = _SIZE.fullmatch(text.strip())
    size = int(float(found[1]) * _UNITS[found[2].lower()]) if found else 0
    if size < 1:
        raise ValueError(text)
    return size
