"""The runs of two recordings, judged field by field. It needs numpy; who imports it sees to that."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from msgspec import Struct

from samestack.behaviour.comparing.rules import Rules
from samestack.behaviour.replaying.cells import Cell, cells_of, quiet
from samestack.behaviour.replaying.chances import chances
from samestack.behaviour.replaying.deviations import Field, deviations, field_of
from samestack.behaviour.replaying.executions import Executions
from samestack.behaviour.replaying.replayed import Chance, Difference
from samestack.progress import Reporter

_ROUNDING: Final = 1e-9


class Judged(Struct, frozen=True, kw_only=True, eq=False):
    """What differs, and how far chance explains it."""

    differences: Mapping[str, Sequence[Difference]]
    """Of each field that has some."""
    chance: Chance
    """Of all fields together."""
    wavering: frozenset[str] = frozenset()
    """The fields of which chance explains what differs."""


def judged(both: Executions, rules: Rules, numbers: tuple[int, int], reporter: Reporter) -> Judged:
    """The differences of two recordings.

    ``both`` has the recorded runs first; ``numbers`` says how many of them there are, and how many new ones.
    """
    cells: dict[str, list[Cell]] = {}
    reporter.started("compare", len(both))
    for cell in cells_of(both, quiet(rules), numbers[0], reporter):
        cells.setdefault(cell.field, []).append(cell)
    reporter.finished()
    fields = {name: field_of(each, sum(numbers)) for name, each in cells.items()}
    found = {name: list(_differences(field, both, rules, numbers)) for name, field in fields.items()}
    chance, shares = chances(fields, *numbers)
    return Judged(
        differences={name: each for name, each in found.items() if each},
        chance=chance,
        wavering=frozenset(name for name, share in shares.items() if not _is_sure(share, shares, chance)),
    )


def _is_sure(share: float, shares: Mapping[str, float], chance: Chance) -> bool:
    """Of a change that is none by chance, the field that shows it best is never called a wavering one."""
    return chance.is_improbable and share <= max(chance.bound, min(shares.values())) * (1 + _ROUNDING)


def _differences(
    field: Field, both: Executions, rules: Rules, numbers: tuple[int, int]
) -> Iterator[Difference]:
    recorded, runs = numbers[0], sum(numbers)
    table = deviations(field, tuple(range(recorded)), runs)
    for number, cell in enumerate(field.cells):
        new = [recorded + one for one, deviates in enumerate(table[number].tolist()) if deviates]
        if new:
            yield _difference(cell, _telling(cell, recorded, new), len(new), both, rules)


def _telling(cell: Cell, recorded: int, new: Sequence[int]) -> tuple[int, int]:
    """The new run that is furthest off, and the recorded one that is nearest to it."""

    def distance(pair: tuple[int, int]) -> float:
        return cell.judgements[pair].distance

    return max((min(((old, one) for old in range(recorded)), key=distance) for one in new), key=distance)


def _difference(cell: Cell, pair: tuple[int, int], runs: int, both: Executions, rules: Rules) -> Difference:
    rule = rules.fields.get(cell.field)
    before, after = (
        None if cell.input is None else both[cell.input][number].answer.get(cell.field) for number in pair
    )
    return Difference(
        input=cell.input,
        field=cell.field,
        kind=rule.kind if rule else None,
        judgement=cell.judgements[pair],
        runs=runs,
        before=before,
        after=after,
    )
