"""Which distribution brings a module that code imports; the rows stand in ``import_names.tsv``."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Final

_TABLE: Final = Path(__file__).with_suffix(".tsv")


def distribution_of(module: str) -> str | None:
    """The distribution of a module, by the longest known part of its dotted name; ``None`` for others.

    A module that is not in the table is not guessed: the index has strangers under many names.
    """
    parts = module.split(".")
    prefixes = (".".join(parts[:length]) for length in range(len(parts), 0, -1))
    return next((_rows()[prefix] for prefix in prefixes if prefix in _rows()), None)


@cache
def _rows() -> Mapping[str, str]:
    rows = {}
    for line in _TABLE.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            module, distribution, _ = line.split("\t")
            rows[module] = distribution
    return rows
