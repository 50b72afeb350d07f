"""``samestack record``: what does a program answer here, for these inputs?"""

import argparse
import sys
from pathlib import Path

from samestack.behaviour.recording.entry import record
from samestack.behaviour.recording.recording import Recording
from samestack.behaviour.recording.recording_file import write_recording
from samestack.behaviour.recording.request import Request
from samestack.cli.output import Drawing, deliver, terminal_reporter
from samestack.errors import RequestError

EXAMPLES = """\
  samestack record --inputs plates -o dev.recording -- python -m detector {input}
  samestack record --inputs plates --environment pylock.toml -o dev.recording -- python -m detector {input}
  samestack record --inputs plates --callable detector:predict -o dev.recording
  samestack record -o dev.recording -- python evaluate.py   it reads its inputs by itself
"""
FORMATS = ("table", "json")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the verb's arguments."""
    add = parser.add_argument
    add("--inputs", type=Path, metavar="DIR|FILE", help="the files that stand for {input} in the command")
    add("--callable", default="", metavar="M:F", help="call function F of module M with each input's path")
    add("--environment", default="", metavar="REF", help="where it is run: an environment, a project, a lock")
    add("--repeats", type=int, default=3, metavar="N", help="how often, to know the noise (3)")
    add("--timeout", type=_seconds, default=0.0, metavar="SECONDS", help="how long one execution may take")
    add("-o", "--output", type=Path, required=True, metavar="FILE", help="the recording, NAME.recording")
    add("--format", choices=FORMATS, default="table", help="of the summary: table by default")
    add("command", nargs=argparse.REMAINDER, metavar="-- CMD ...", help="the command and its arguments")


def run(arguments: argparse.Namespace) -> int:
    """Record, write the file, and sum up; 1 when an execution failed."""
    output: Path = arguments.output
    if not output.parent.is_dir():
        raise RequestError(f"'{output.parent}': no such directory, to write {output.name} into")
    recorded = record(_request(arguments), terminal_reporter())
    for note in recorded.notes:
        sys.stderr.write(f"samestack: {note}\n")
    digest = write_recording(recorded.recording, output)
    deliver(_rendered(recorded.recording, str(output), digest, arguments.format), None)
    return 1 if recorded.recording.failures else 0


def _seconds(text: str) -> float:
    seconds = float(text)
    if not 0 < seconds < float("inf"):
        raise ValueError(text)
    return seconds


def _request(arguments: argparse.Namespace) -> Request:
    command = arguments.command[1:] if arguments.command[:1] == ["--"] else arguments.command
    return Request(
        command=tuple(command),
        callable=arguments.callable,
        inputs=arguments.inputs,
        environment=arguments.environment,
        repeats=arguments.repeats,
        timeout=arguments.timeout,
    )


def _rendered(recording: Recording, file: str, digest: str, chosen: str) -> bytes | Drawing:
    from samestack.render.recording.summary import summary_of

    summary = summary_of(recording, file, digest)
    if chosen == "json":
        from samestack.codec import encode

        return encode(summary)
    from samestack.render.recording.recording_text import print_summary

    return lambda console: print_summary(summary, console)
