"""A directory becomes advice: looked at, asked of the index, added up."""

from collections.abc import Iterator, Mapping
from pathlib import Path

from samestack.advise.advice import Advice, advised
from samestack.advise.looks.decided import decided, environment_files
from samestack.advise.looks.deployment import deployment
from samestack.advise.looks.kind import kind
from samestack.advise.looks.native import native
from samestack.advise.looks.wheels import wheels
from samestack.advise.matrix import matrix
from samestack.advise.project_files import ProjectFiles
from samestack.advise.signal import Signal
from samestack.capture.entry import capture
from samestack.capture.recognition import project_files
from samestack.errors import RequestError, SamestackError
from samestack.model import Reference, Snapshot
from samestack.progress import Reporter
from samestack.solve.request import Request, question_of
from samestack.solve.uv.uv_oracle import UvOracle


def advise(
    directory: Path, weights: Mapping[str, float], reporter: Reporter, *, is_offline: bool = False
) -> Advice:
    """Which kind of environment suits the project in a directory.

    ``weights`` multiply rows of the matrix. What cannot be looked at becomes a note.
    :class:`RequestError` for what is no directory.
    """
    if not directory.is_dir():
        raise RequestError(f"'{directory}': no such directory", hint="name the project's directory")
    notes: list[str] = []
    signals = [Signal(name="simplest", evidence=())]
    files = ProjectFiles(directory)
    signals += _seen_in(files, _declared(directory, files, notes))
    if is_offline:
        notes.append("the index was not asked whether there are wheels (--offline)")
    else:
        signals += _of_wheels(directory, reporter, notes)
    return advised(signals, matrix(), weights, notes)


def _seen_in(files: ProjectFiles, declared: Snapshot | None) -> Iterator[Signal]:
    yield from decided(files)
    yield from native(files, declared)
    yield from kind(files)
    yield from deployment(files)


def _declared(directory: Path, files: ProjectFiles, notes: list[str]) -> Snapshot | None:
    """What the project declares, in conda's words where it has them: they say most of what is native."""
    named = files.top("requirements.txt", "pyproject.toml")
    found = [directory / name for name in (*environment_files(files), *named)] or project_files(directory)
    for path in found[:1]:
        try:
            return capture(Reference.parse(f"path:{path}"))
        except SamestackError as error:
            notes.append(f"what the project asks for was not looked at: {error.message}")
    return None


def _of_wheels(directory: Path, reporter: Reporter, notes: list[str]) -> Iterator[Signal]:
    reporter.started("asking the index for wheels")
    try:
        question = question_of(Request(words=(f"{directory}/",)))
        with UvOracle(question.target, may_build=False) as oracle:
            yield from wheels(question.asked.wishes, oracle)
    except SamestackError as error:
        notes.append(f"whether there are wheels is not known: {error.message}")
    finally:
        reporter.finished()
