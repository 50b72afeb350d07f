"""CUDA, cuDNN, NCCL and their like: by the table of the component."""

from collections.abc import Iterator

from samestack.compare.difference import Reason
from samestack.compare.risk.packages import component_table, pair_reasons
from samestack.compare.risk.presence import both_sides, came_or_went
from samestack.model.change import Change


def accelerator_reasons(change: Change) -> Iterator[Reason]:
    """Why a change of an accelerator's software bears a risk."""
    pair = both_sides(change)
    if pair is None:
        yield came_or_went(change, "a program that needs it fails, or computes on the processor.")
    else:
        yield from pair_reasons(pair, component_table(change.component))
