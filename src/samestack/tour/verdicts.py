"""What the detector said about the same pictures in two environments."""

import json
from collections.abc import Mapping
from pathlib import Path

from rich.console import Console
from rich.table import Table

Verdicts = Mapping[str, str]
"""Picture by picture, by file name: ok, scratch, dent or missing-hole."""


def read_verdicts(path: Path) -> Verdicts:
    """The verdicts in a file that the example wrote."""
    inspections: dict[str, dict[str, object]] = json.loads(path.read_bytes())
    return {picture: str(inspection["verdict"]) for picture, inspection in inspections.items()}


def read_truth(path: Path) -> Verdicts:
    """The right verdicts, as they were written when the pictures were drawn."""
    truth: dict[str, str] = json.loads(path.read_bytes())
    return truth


def disagreements(one: Verdicts, other: Verdicts) -> tuple[str, ...]:
    """The pictures that are judged differently, by name."""
    return tuple(picture for picture in sorted(one) if one[picture] != other.get(picture))


def disagreement_table(sides: tuple[Verdicts, Verdicts], truth: Verdicts, titles: tuple[str, str]) -> Table:
    """The pictures that are judged differently, with both verdicts and what is really on them."""
    one, other = sides
    table = Table("picture", *titles, "what is on it", box=None, header_style="bold")
    for picture in disagreements(one, other):
        table.add_row(picture, one[picture], other.get(picture, ""), truth.get(picture, ""))
    return table


def print_disagreement(
    sides: tuple[Verdicts, Verdicts], truth: Verdicts, titles: tuple[str, str], console: Console
) -> None:
    """Say how many verdicts differ, and which."""
    differing = disagreements(*sides)
    console.print(f"\n[bold]{len(differing)} of {len(sides[0])} pictures are judged differently.[/]\n")
    console.print(disagreement_table(sides, truth, titles))
