"""The second half: one Python, two locks, and the changes between them that turn the verdicts."""

import contextlib
import os
import shutil
from collections.abc import Sequence
from pathlib import Path

from rich.markup import escape

from samestack.behaviour.bisecting.bisection import Bisection
from samestack.behaviour.comparing.settings import Settings
from samestack.behaviour.recording.recording import Recording
from samestack.behaviour.recording.recording_file import write_recording
from samestack.behaviour.replaying.entry import replay
from samestack.behaviour.replaying.replayed import Replayed
from samestack.behaviour.replaying.replaying import ReplayRequest
from samestack.files import write_file
from samestack.render.replay.replay_html import replay_html
from samestack.render.replay.replay_words import chance_words, stack_words, verdict_words
from samestack.tour.bisections import bisected
from samestack.tour.cast import PRODUCTION
from samestack.tour.mending import is_answered_the_same, mended
from samestack.tour.recordings import Question, recorded
from samestack.tour.stage import Stage
from samestack.tour.verdicts import Verdicts, disagreements, print_disagreement, read_truth

_OPENING = """
[bold]Which change did it?[/] Those two machines differ in everything. Take one Python, and what the
team asks for: it was locked in December 2021, when the model was trained, and again in May 2023, for
production. The same wishes, the same code; all but a few packages are other releases."""
_CLOSING = """
[bold]Found, proved and mended[/] by {pins}. All else stays as it was in production, and
the verdicts are those of development. In {directory}:
  {files}
Do it with your own: samestack record, replay and bisect"""
_TITLES = ("development's verdict", "production's verdict")
_MADE = ("*.recording", "replay.html", "*.bisect.txt")
_REPEATS = 5
_FEW = 10
"""So many pictures are named one by one."""
_PART = "part-017.jpg"
"""Where it is judged differently, that takes two changes at once."""


def tell_two_locks(stage: Stage) -> None:
    """Record in development, replay in production, bisect what differs, and mend it."""
    stage.console.print(_OPENING, soft_wrap=True)
    stage.show(("cd", stage.example))
    # The detector is not installed: as for `python -m`, it is found in the directory that one works in.
    with contextlib.chdir(stage.example):
        mending = _tell(stage)
    if mending:
        _close(stage, mending)


def _tell(stage: Stage) -> tuple[str, ...]:
    """The constraints that mend production; none where that could not be shown."""
    everything = Question(
        inputs=_pictures(stage, "parts", _all_pictures(stage)),
        callable="defect_detection.verdicts:judge",
        file=stage.directory / "development.recording",
    )
    stage.say("What does the detector answer in development? Three runs, so that its own noise is known")
    before = recorded(stage, everything)
    replayed = _replayed(stage, before, everything.file)
    disputed = disagreements(_verdicts(before), _verdicts(replayed.after))
    if not disputed:
        stage.say("On this machine no verdict turns, so there is nothing to bisect")
        return ()
    _bisect_one(stage, _PART if _PART in disputed else disputed[0])
    found = _bisect_all(stage, disputed)
    is_mended = found.is_proven and bool(found.pins) and _mend(stage, found, before, everything.file)
    return tuple(one.requirement for one in found.pins) if is_mended else ()


def _all_pictures(stage: Stage) -> Sequence[str]:
    return sorted(path.name for path in (stage.directory / "pictures").glob("*.jpg"))


def _pictures(stage: Stage, folder: str, names: Sequence[str]) -> Path:
    """A directory of these pictures and nothing else: what is recorded, each file in it is an input."""
    place, source = stage.directory / folder, stage.directory / "pictures"
    few = [source / name for name in names] if len(names) <= _FEW else [source / "*.jpg"]
    stage.show(("mkdir", "-p", place))
    stage.show(("cp", *few, place))
    place.mkdir(exist_ok=True)
    for earlier in place.glob("part-*.jpg"):
        earlier.unlink()
    for name in names:
        shutil.copyfile(source / name, place / name)
    return place


def _replayed(stage: Stage, before: Recording, file: Path) -> Replayed:
    stage.say("And in production?")
    page, after = stage.directory / "replay.html", stage.directory / "production.recording"
    where = ("--environment", PRODUCTION, "--repeats", str(_REPEATS))
    stage.show(("samestack", "replay", file, *where, "--save", after, "-o", page))
    request = ReplayRequest(environment=PRODUCTION, repeats=_REPEATS)
    replayed = replay(before, request, Settings(), stage.reporter)
    write_recording(replayed.after, after)
    write_file(replay_html(replayed).encode(), page)
    for words in filter(None, (verdict_words(replayed), stack_words(replayed), chance_words(replayed))):
        stage.tell(words)
    sides = (_verdicts(before), _verdicts(replayed.after))
    print_disagreement(sides, read_truth(stage.directory / "pictures/truth.json"), _TITLES, stage.console)
    return replayed


def _verdicts(recording: Recording) -> Verdicts:
    outputs = recording.runs[0].outputs
    return {name: str(answer["verdict"]) for name, answer in outputs.items() if "verdict" in answer}


def _bisect_one(stage: Stage, part: str) -> None:
    stage.say(f"Which of all those changes turns the verdict on {part}?")
    file = stage.directory / f"{Path(part).stem}.recording"
    recorded(stage, _verdict_alone(stage.directory / "parts" / part, file))
    found = bisected(stage, file, is_explained=True)
    if found.is_proven and found.verdict and len(found.verdict.culprits[0].pivots) > 1:
        stage.tell("None of them does it alone: whoever changes one package at a time finds nothing.")


def _bisect_all(stage: Stage, disputed: Sequence[str]) -> Bisection:
    stage.say("And what turns any of the verdicts that are different?")
    file = stage.directory / "disputed.recording"
    recorded(stage, _verdict_alone(_pictures(stage, "disputed", disputed), file))
    found = bisected(stage, file, is_explained=False)
    if found.is_proven and found.verdict and len(found.verdict.culprits) > 1:
        stage.tell("Each of them turns some verdicts by itself, so it takes both constraints.")
    return found


def _verdict_alone(inputs: Path, file: Path) -> Question:
    return Question(inputs=inputs, callable="defect_detection.verdicts:verdict", file=file)


def _mend(stage: Stage, found: Bisection, before: Recording, file: Path) -> bool:
    stage.say("Production, mended: what was proved is written down with its reason, and it is locked anew")
    project = mended(stage, found.pins)
    stage.say("And what does the detector answer now?")
    return is_answered_the_same(stage, before, file, project)


def _close(stage: Stage, pins: Sequence[str]) -> None:
    made = (path.name for pattern in _MADE for path in stage.directory.glob(pattern))
    words = _CLOSING.format(
        pins=" and ".join(map(escape, pins)),
        directory=os.path.relpath(stage.directory),
        files=", ".join(sorted(made)),
    )
    stage.console.print(words, soft_wrap=True)
