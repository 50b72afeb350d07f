"""Which new runs deviate from all recorded ones.

A field of a run *deviates* when it is farther from every recorded run than its kind allows, and farther than
three times what the recorded runs are apart.
"""

from collections.abc import Sequence
from typing import Final

import numpy as np
from msgspec import Struct

from samestack.behaviour.comparing.tolerances import NOISE_FACTOR
from samestack.behaviour.recording.recording import Array
from samestack.behaviour.replaying.cells import Cell

_ROUNDING: Final = 1e-9

Division = tuple[int, ...]
"""The numbers of the runs that stand for the recorded ones."""


class Field(Struct, frozen=True, kw_only=True, eq=False):
    """The cells of one field as tables: cells x runs x runs, the reference first."""

    cells: tuple[Cell, ...]
    is_close: Array
    """Whether the two are as close as the kind allows by itself."""
    distance: Array
    is_one_sided: Array
    """Whether just one of the two has the field."""


def field_of(cells: Sequence[Cell], runs: int) -> Field:
    """The tables of the cells of one field, of so many runs."""
    shape = (len(cells), runs, runs)
    is_close, is_one_sided = np.ones(shape, dtype=bool), np.zeros(shape, dtype=bool)
    distance = np.zeros(shape)
    for number, cell in enumerate(cells):
        for pair, judgement in cell.judgements.items():
            is_close[number, *pair] = judgement.is_same
            is_one_sided[number, *pair] = pair in cell.one_sided
            distance[number, *pair] = 0.0 if pair in cell.one_sided else judgement.distance
    return Field(cells=tuple(cells), is_close=is_close, distance=distance, is_one_sided=is_one_sided)


def deviations(field: Field, recorded: Division, runs: int) -> Array:
    """Cells x new runs: whether the new one deviates from all the recorded ones."""
    old = np.array(recorded)
    new = np.setdiff1d(np.arange(runs), old)
    is_one_sided = _part(field.is_one_sided, old, new)
    noise = float(_part(field.distance, old, old).max())
    comes_and_goes = bool(_part(field.is_one_sided, old, old).any())
    is_near = _part(field.distance, old, new) <= NOISE_FACTOR * noise * (1 + _ROUNDING)
    is_alike = np.where(is_one_sided, comes_and_goes, _part(field.is_close, old, new) | is_near)
    return np.asarray(~is_alike.any(axis=1))


def _part(table: Array, before: Array, after: Array) -> Array:
    """Of every cell, what stands for these references and these judged ones."""
    part: Array = table[:, before][:, :, after]
    return part
