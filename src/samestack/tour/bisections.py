"""Which changes make the detector answer otherwise in production: bisected, and the report left."""

import os
from pathlib import Path

from msgspec import structs

from samestack.behaviour.bisecting.bisection import Bisection
from samestack.behaviour.bisecting.entry import bisect
from samestack.behaviour.bisecting.request import Effort, Request
from samestack.envs.managing.state import state_directory
from samestack.files import write_file
from samestack.render.bisection.bisection_text import bisection_text, print_bisection
from samestack.tour.cast import DEVELOPMENT, PRODUCTION
from samestack.tour.stage import Stage

_PAGE_WIDTH = 100
_MOST_JOBS = 4


def bisected(stage: Stage, recording: Path, *, is_explained: bool) -> Bisection:
    """What makes production answer otherwise than ``recording``; each trial is explained, or only the end."""
    report, jobs = recording.with_suffix(".bisect.txt"), min(_MOST_JOBS, os.cpu_count() or 1)
    is_resumed = state_directory() is not None
    sides, resume = ("--good", DEVELOPMENT, "--bad", PRODUCTION), ("--resume",) if is_resumed else ()
    words = ("samestack", "bisect", *sides, "--recording", recording, "--jobs", str(jobs), *resume)
    stage.show(words)
    stage.show((*words, "-o", report))
    request = Request(
        good=DEVELOPMENT,
        bad=PRODUCTION,
        recording=recording,
        directory=stage.example,
        effort=Effort(jobs=jobs),
        is_resumed=is_resumed,
    )
    found = bisect(request, stage.reporter)
    write_file(bisection_text(found, width=_PAGE_WIDTH).encode(), report)
    print_bisection(found if is_explained else _without_trials(found), stage.console)
    return found


def _without_trials(found: Bisection) -> Bisection:
    verdict = found.verdict and structs.replace(found.verdict, steps=())
    return structs.replace(found, verdict=verdict, factors=())
