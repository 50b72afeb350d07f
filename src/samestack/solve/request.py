"""What a person asks to be explained, in their own words, and what a solver has to know of it."""

import contextlib
from collections.abc import Iterator
from datetime import date
from typing import Final

from msgspec import Struct, structs

from samestack.capture.entry import capture, default_reference
from samestack.capture.readers.requirements.packaging_values import package_name
from samestack.errors import InputError, RequestError
from samestack.model import Kind, Reference, Snapshot
from samestack.solve.answering import USUAL_CHANNEL, Question
from samestack.solve.conda.virtual_packages import CondaTarget, target_of
from samestack.solve.limits import Limits
from samestack.solve.targets import Candidate, candidate_of, chosen_target, this_python
from samestack.solve.wish_files.asked import Asked
from samestack.solve.wish_files.installed import installed_wishes
from samestack.solve.wish_files.project_wishes import Choice
from samestack.solve.wish_files.reading import read_words

AUTO: Final = "auto"
"""The day that the pins tell."""


class Request(Struct, frozen=True, kw_only=True):
    """Words and options, as they were written; what is empty was not said."""

    words: tuple[str, ...] = ()
    python: str = ""
    platform: str = ""
    host: str = ""
    installed: str = ""
    extras: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    channels: tuple[str, ...] = ()
    as_of: str = ""
    """A date, or ``auto``."""
    max_solves: int = Limits().solves


def question_of(request: Request) -> Question:
    """Everything read that the words name; :class:`RequestError` for what cannot be asked."""
    if request.max_solves < 1:
        raise RequestError("--max-solves has to be 1 or more")
    asked = _asked(request)
    host = capture(Reference.parse(request.host)) if request.host else None
    installed = capture(Reference.parse(request.installed)) if request.installed else None
    if installed is not None:
        asked = Asked.joined((asked, installed_wishes(installed)))
    target, notes = chosen_target(
        asked.pythons,
        () if request.python else tuple(_candidates(installed)),
        python=request.python,
        platform=request.platform,
        host=host,
    )
    day, conda_target = _day(request.as_of), target_of(request.platform, host)
    return Question(
        asked=asked,
        target=structs.replace(target, as_of=day),
        conda_target=conda_target,
        limits=Limits(solves=request.max_solves),
        is_day_to_be_told=request.as_of == AUTO,
        notes=(*asked.notes, *(notes if asked.wishes else ()), *_conda_notes(asked, conda_target)),
    )


def _asked(request: Request) -> Asked:
    choice = Choice(_names("extra", request.extras), _names("group", request.groups))
    asked = read_words(request.words, choice, of_conda=bool(request.channels))
    return structs.replace(asked, channels=request.channels) if request.channels else asked


def _names(kind: str, texts: tuple[str, ...]) -> frozenset[str]:
    try:
        return frozenset(map(package_name, texts))
    except ValueError as error:
        raise RequestError(f"--{kind}: {error}") from None


def _candidates(installed: Snapshot | None) -> Iterator[Candidate]:
    """The Pythons that could be meant: that of what is installed, the active one, and this one."""
    if installed is not None:
        yield from candidate_of(installed)
    reference = default_reference()
    if reference.kind is not Kind.MACHINE:
        # A broken environment is no reason not to explain: the next Python is named.
        with contextlib.suppress(InputError):
            yield from candidate_of(capture(reference))
    yield this_python()


def _day(text: str) -> date | None:
    if text in {"", AUTO}:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise RequestError(f"'{text}' is no day", hint="write --as-of 2023-05-01, or --as-of auto") from None


def _conda_notes(asked: Asked, target: CondaTarget) -> Iterator[str]:
    if not asked.conda_wishes:
        return
    if target.virtual_packages is not None:
        offered = ", ".join(f"{one.name} {one.version}" for one in target.virtual_packages)
        yield f"conda's host is {target.platform} with {offered}"
    if not asked.channels:
        yield f"no channel is named, so {USUAL_CHANNEL} is asked"
    if asked.wishes:
        yield "what is asked of conda and of pip is solved apart: what conda brings is not held against pip's"
