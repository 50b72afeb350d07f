"""A day for Poetry, which counts only in whole days back from now: ``solver.min-release-age``."""

from datetime import UTC, date, datetime, time
from typing import Final

from samestack.errors import RequestError
from samestack.lock.poetry.poetry_call import PoetryCall
from samestack.lock.terms import Terms
from samestack.project.manifest import Project
from samestack.project.wishes import wishes_of
from samestack.solve.as_of import AsOf, day_of_pins
from samestack.solve.index.index_metadata import IndexMetadata
from samestack.solve.problem import Target
from samestack.solve.uv.index_settings import index_settings
from samestack.solve.uv.uv_program import uv_program

SETTING: Final = "solver.min-release-age"
_VARIABLE: Final = "POETRY_SOLVER_MIN_RELEASE_AGE"


def settings_as_of(day: str, now: datetime) -> dict[str, str]:
    """What tells Poetry to pass over releases that are newer; nothing for a day that is yet to come.

    Its limit lies less than a day after the beginning of ``day``: of two whole numbers of days, the one with
    which all that was uploaded before that day can be had.
    """
    age = (now - datetime.combine(date.fromisoformat(day), time(), UTC)).days if day else 0
    return {_VARIABLE: str(age)} if age > 0 else {}


def note_of(day: str, now: datetime) -> str:
    """Until when releases count, in a sentence."""
    until = f"until {now:%H:%M} UTC of {day}"
    return f"Poetry counts in whole days back from now: what was uploaded {until} counts as well"


def day_told(project: Project, terms: Terms) -> AsOf:
    """The day that the pins of the project tell, by the index that pip and uv are configured with."""
    target = Target(python=terms.python, platform="")
    metadata = IndexMetadata(index_settings(uv_program()), target)
    return day_of_pins(wishes_of(project, terms.extras, terms.groups).wishes, metadata)


def check_can_go_back(call: PoetryCall) -> None:
    """:class:`RequestError` where this Poetry has no such setting."""
    if call.run("config", SETTING).status != 0:
        raise RequestError(
            f"Poetry {call.program.version} cannot lock as of a day: it has no {SETTING}",
            hint='get a newer one: pipx install "poetry>=2.4"; or write backend = "venv"',
        )
