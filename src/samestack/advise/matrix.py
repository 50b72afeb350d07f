"""The decision matrix: what each signal says for venv, conda and Poetry. Data, in ``matrix.toml``."""

import tomllib
from collections.abc import Mapping
from difflib import get_close_matches
from functools import cache
from pathlib import Path
from typing import Final

import msgspec
from msgspec import Struct

from samestack.errors import RequestError
from samestack.project.manifest import Backend

HIGHEST_WEIGHT: Final = 10.0
"""The largest weight that a user can give a row; 1 is what every row has."""


class Row(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One question of the matrix."""

    signal: str
    question: str
    """What is looked for, as a question."""
    reason: str
    """What follows from it, in a sentence."""
    venv: int = 0
    conda: int = 0
    poetry: int = 0
    """Points, from -4 (rules it out, nearly) to 4 (decides for it, nearly)."""

    def points(self, backend: Backend) -> int:
        """The points of one backend."""
        return {Backend.VENV: self.venv, Backend.CONDA: self.conda, Backend.POETRY: self.poetry}[backend]


class _Table(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    row: tuple[Row, ...]


@cache
def matrix() -> tuple[Row, ...]:
    """All rows, in the order in which reasons are told."""
    path = Path(__file__).with_name("matrix.toml")
    return msgspec.convert(tomllib.loads(path.read_text(encoding="utf-8")), _Table).row


def checked_weights(weights: Mapping[str, float], place: str) -> Mapping[str, float]:
    """The weights, if each is of a row that there is and within its limits.

    :class:`RequestError` names the one that is not.
    """
    known = [row.signal for row in matrix()]
    for name, weight in weights.items():
        if name not in known:
            close = get_close_matches(name, known, 1)
            hint = f"did you mean '{close[0]}'?" if close else "samestack advise --list-rows lists them"
            raise RequestError(f"{place}: the matrix has no row '{name}'", hint=hint)
        if not 0 <= weight <= HIGHEST_WEIGHT:
            raise RequestError(
                f"{place}: the weight of '{name}' is {weight:g}, not from 0 to {HIGHEST_WEIGHT:g}"
            )
    return weights
