"""The way in: a recording is replayed, as often as it takes to tell a change from chance."""

from msgspec import structs

from samestack.behaviour.comparing.settings import Settings
from samestack.behaviour.recording.entry import record
from samestack.behaviour.recording.recording import Recording
from samestack.behaviour.recording.request import Request
from samestack.behaviour.replaying.comparing_recordings import compare_recordings
from samestack.behaviour.replaying.repeats import repeats_for
from samestack.behaviour.replaying.replayed import Replayed, Verdict
from samestack.behaviour.replaying.replaying import ReplayRequest, request_of
from samestack.progress import Reporter


def replay(recording: Recording, request: ReplayRequest, settings: Settings, reporter: Reporter) -> Replayed:
    """Run the recorded program again, and compare.

    Without a stated number of repeats it is run once, and if something differs so often that chance does not
    explain it; that it stops when nothing differs adds no false alarms.
    :class:`~samestack.errors.RequestError` where it cannot be run, or the inputs are others.
    """
    asked = request_of(recording, request)
    repeats = request.repeats or repeats_for(len(recording.runs))
    after, notes = _recorded(asked, request.repeats or 1, reporter)
    replayed = compare_recordings(recording, after, settings, reporter)
    if not request.repeats and replayed.verdict is not Verdict.SAME and repeats > 1:
        more, notes = _recorded(asked, repeats - 1, reporter)
        after = structs.replace(after, runs=(*after.runs, *more.runs))
        replayed = compare_recordings(recording, after, settings, reporter)
    return structs.replace(replayed, notes=(*notes, *replayed.notes))


def _recorded(asked: Request, repeats: int, reporter: Reporter) -> tuple[Recording, tuple[str, ...]]:
    recorded = record(structs.replace(asked, repeats=repeats), reporter)
    return recorded.recording, recorded.notes
