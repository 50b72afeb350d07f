"""The interpreter: another minor version or ABI, and what changed in the language and its library."""

from collections.abc import Iterator

from packaging.version import Version

from samestack.compare.difference import Reason
from samestack.compare.risk.packages import component_table, pair_reasons
from samestack.compare.risk.presence import Pair, both_sides, came_or_went
from samestack.compare.risk.reasons import known_cause
from samestack.model.change import Change


def python_reasons(change: Change) -> Iterator[Reason]:
    """Why a change of the interpreter bears a risk."""
    pair = both_sides(change)
    if pair is None:
        yield came_or_went(change, "nothing of its packages can run.")
        return
    if _differ_in_fact(pair, "implementation") or _differ_in_fact(pair, "abi"):
        yield known_cause("python-abi")
    elif _minor(pair[0].version) != _minor(pair[1].version):
        yield known_cause("python-minor")
    yield from pair_reasons(pair, component_table(change.component))


def _differ_in_fact(pair: Pair, name: str) -> bool:
    """Whether both sides state a fact, and differently."""
    before, after = (component.facts.get(name) for component in pair)
    return before is not None and after is not None and before != after


def _minor(version: str | None) -> tuple[int, ...] | None:
    try:
        return None if version is None else Version(version).release[:2]
    except ValueError:
        return None
