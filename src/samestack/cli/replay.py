"""``samestack replay``: does it still answer the same, in another environment?"""

import argparse
import sys
from pathlib import Path

from samestack.behaviour.comparing.settings import read_settings
from samestack.behaviour.recording.recording import Recording
from samestack.behaviour.recording.recording_file import read_recording, write_recording
from samestack.behaviour.replaying.comparing_recordings import compare_recordings
from samestack.behaviour.replaying.entry import replay
from samestack.behaviour.replaying.replayed import Replayed
from samestack.behaviour.replaying.replaying import ReplayRequest
from samestack.cli.output import Drawing, deliver, terminal_reporter
from samestack.envs.running.project_environment import project_around
from samestack.errors import RequestError
from samestack.progress import Reporter
from samestack.render.printable import printable

EXAMPLES = """\
  samestack replay dev.recording                              run it again in the active environment
  samestack replay dev.recording --environment venv:.venv-new
  samestack replay dev.recording --environment production.lock --format html -o report.html
  samestack replay dev.recording --repeats 10 --save production.recording
  samestack replay dev.recording production.recording         compare two recordings, and run nothing
"""
FORMATS = ("table", "json", "html")
_SUFFIXES = {".json": "json", ".html": "html", ".htm": "html"}
_MOST_REPEATS = 1000


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the verb's arguments."""
    add = parser.add_argument
    add("recording", type=Path, metavar="RECORDING", help="a file that samestack record made")
    add("other", type=Path, nargs="?", metavar="B", help="another recording: compare the two, run nothing")
    add("--environment", default="", metavar="REF", help="where it is run: an environment, a project, a lock")
    add("--inputs", type=Path, metavar="DIR|FILE", help="where the inputs are, if not where they were")
    add("--repeats", type=_repeats, default=0, metavar="N", help="how often; as often as it takes by default")
    add("--timeout", type=_seconds, default=0.0, metavar="SECONDS", help="how long one execution may take")
    add("--format", choices=FORMATS, help="table by default, or told from the name of FILE")
    add("-o", "--output", metavar="FILE", help="write to FILE instead")
    add("--save", type=Path, metavar="FILE", help="keep the new answers as a recording")


def run(arguments: argparse.Namespace) -> int:
    """Replay or compare, and deliver; 1 when the program answers differently."""
    _refuse_contradictions(arguments)
    before, reporter = read_recording(arguments.recording), terminal_reporter()
    replayed = _replayed(before, arguments, reporter)
    for note in replayed.notes:
        sys.stderr.write(f"samestack: {note}\n")
    if arguments.save is not None:
        write_recording(replayed.after, arguments.save)
    deliver(_rendered(replayed, _format_of(arguments)), arguments.output)
    return 1 if replayed.is_alarm else 0


def _seconds(text: str) -> float:
    seconds = float(text)
    if not 0 < seconds < float("inf"):
        raise ValueError(text)
    return seconds


def _repeats(text: str) -> int:
    repeats = int(text)
    if not 1 <= repeats <= _MOST_REPEATS:
        raise ValueError(text)
    return repeats


def _refuse_contradictions(arguments: argparse.Namespace) -> None:
    """Before anything is run: a run of an hour should not end in a directory that is not there."""
    for file in (arguments.save, arguments.output):
        if file is not None and not Path(file).parent.is_dir():
            raise RequestError(f"'{Path(file).parent}': no such directory, to write {Path(file).name} into")
    if arguments.other is None:
        return
    for option in ("environment", "inputs", "repeats", "timeout", "save"):
        if getattr(arguments, option):
            message = f"--{option} is for a program that is run; two recordings are only compared"
            raise RequestError(message, hint=f"samestack replay {arguments.recording} --{option} ...")


def _replayed(before: Recording, arguments: argparse.Namespace, reporter: Reporter) -> Replayed:
    settings = read_settings(project_around(Path.cwd()))
    if arguments.other is not None:
        return compare_recordings(before, read_recording(arguments.other), settings, reporter)
    from samestack.render.recording.recording_text import program_words

    # A recording may come from anybody: whoever runs what is in it sees what that is.
    sys.stderr.write(f"samestack: runs what was recorded: {printable(program_words(before.program))}\n")
    request = ReplayRequest(
        environment=arguments.environment,
        inputs=arguments.inputs,
        repeats=arguments.repeats,
        timeout=arguments.timeout,
    )
    return replay(before, request, settings, reporter)


def _format_of(arguments: argparse.Namespace) -> str:
    suffix = Path(arguments.output or "").suffix.lower()
    return str(arguments.format or _SUFFIXES.get(suffix, "table"))


def _rendered(replayed: Replayed, chosen: str) -> bytes | Drawing:
    if chosen == "json":
        from samestack.render.replay.replay_json import encode_replay

        return encode_replay(replayed)
    if chosen == "html":
        from samestack.render.replay.replay_html import replay_html

        return replay_html(replayed).encode()
    from samestack.render.replay.replay_text import print_replay

    return lambda console: print_replay(replayed, console)
