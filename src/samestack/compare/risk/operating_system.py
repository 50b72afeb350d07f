"""The distribution, and the C library that it stands on."""

from collections.abc import Iterator
from typing import Final

from samestack.compare.difference import Reason
from samestack.compare.risk.packages import component_table, pair_reasons
from samestack.compare.risk.presence import both_sides, came
from samestack.compare.risk.reasons import known_cause, unknown
from samestack.model.change import Change

_C_LIBRARIES: Final = frozenset({"glibc", "musl"})


def operating_system_reasons(change: Change) -> Iterator[Reason]:
    """Why a change of the operating system bears a risk."""
    if change.name not in _C_LIBRARIES:
        yield unknown("The distribution's release; what it brings is listed package by package.")
        return
    pair = both_sides(change)
    if pair is not None:
        yield from pair_reasons(pair, component_table(change.component))
    elif change.after is None:
        yield known_cause("c-library", f"{change.name} is gone.")
    else:
        yield came(change.name)
