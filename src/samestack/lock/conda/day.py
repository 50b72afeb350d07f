"""The day that a conda environment is decided as of."""

from datetime import date

from samestack.lock.conda.conda_solver import CondaSolver
from samestack.lock.conda.wishes import Wishes
from samestack.lock.terms import AUTO
from samestack.solve.as_of import AsOf, day_of_pins
from samestack.solve.conda.conda_metadata import CondaMetadata
from samestack.solve.conda.conda_syntax import translated
from samestack.solve.conda.virtual_packages import CondaTarget
from samestack.solve.index.index_metadata import IndexMetadata
from samestack.solve.problem import Target
from samestack.solve.uv.index_settings import index_settings
from samestack.solve.uv.uv_program import uv_program


def day_of(
    said: str, wishes: Wishes, channels: tuple[str, ...], target: CondaTarget
) -> tuple[date | None, tuple[str, ...]]:
    """The day that is named; of ``auto`` the latest that the pins tell, with the reason in a sentence."""
    if said != AUTO:
        return (date.fromisoformat(said) if said else None), ()
    asked = translated(wishes.conda)
    metadata = CondaMetadata(CondaSolver(channels, target), asked.names)
    found = [day_of_pins(asked.originals, metadata)]
    if wishes.has_index:
        index = IndexMetadata(index_settings(uv_program()), Target(python="3"))
        found.append(day_of_pins(wishes.index, index))
    latest = max(found, key=lambda one: one.day or date.min)
    return latest.day, (_sentence(latest),)


def _sentence(told: AsOf) -> str:
    if told.day is None:
        return f"decided as of today: {told.reason}"
    return f"decided as of {told.day.isoformat()}: {told.reason}"
