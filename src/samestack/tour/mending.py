"""Production is mended: the constraints that the bisection proved are written down, and it is locked anew."""

import os
from collections.abc import Sequence
from pathlib import Path

from samestack.behaviour.comparing.settings import Settings
from samestack.behaviour.recording.recording import Recording
from samestack.behaviour.replaying.entry import replay
from samestack.behaviour.replaying.replayed import Verdict
from samestack.behaviour.replaying.replaying import ReplayRequest
from samestack.files import write_file
from samestack.lock.comparing import outcome_of
from samestack.lock.deciding import decide, write
from samestack.lock.decision import LockOptions
from samestack.project.manifest import Constraint
from samestack.project.mending import add_constraints
from samestack.project.reading import read_project
from samestack.render.explanation.file_changes import print_changes
from samestack.render.lock.lock_text import lock_text
from samestack.render.replay.replay_words import verdict_words
from samestack.solve.edits import apply
from samestack.tour.cast import PRODUCTION
from samestack.tour.stage import Stage


def mended(stage: Stage, pins: Sequence[Constraint]) -> Path:
    """A copy of production's project with these constraints, locked."""
    source, place = (stage.example / PRODUCTION).parent, stage.directory / "mended"
    stage.show(("mkdir", "-p", place))
    stage.show(("cp", source / "*", place))
    place.mkdir(exist_ok=True)
    for file in source.iterdir():
        if file.is_file():
            write_file(file.read_bytes(), place / file.name)
    relative = Path(os.path.relpath(place))
    changes = add_constraints(read_project(relative), pins)
    apply(changes)
    print_changes(changes, stage.console)
    stage.show(("samestack", "lock", place))
    _lock(stage, relative)
    return place


def is_answered_the_same(stage: Stage, recording: Recording, file: Path, project: Path) -> bool:
    """Whether all that was recorded is answered as in development again."""
    stage.show(("samestack", "replay", file, "--environment", project))
    request = ReplayRequest(environment=os.path.relpath(project))
    replayed = replay(recording, request, Settings(), stage.reporter)
    stage.tell(verdict_words(replayed))
    return replayed.verdict is Verdict.SAME


def _lock(stage: Stage, project: Path) -> None:
    decision = decide(read_project(project), LockOptions(), stage.reporter)
    outcome = outcome_of(decision, is_written=True)
    write(decision)
    console = stage.console
    has_styles = console.is_terminal and not console.no_color
    console.file.write(lock_text(outcome, width=console.width, has_styles=has_styles))
