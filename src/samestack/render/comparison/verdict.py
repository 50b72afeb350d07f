"""What a comparison comes to, in a line."""

from typing import Final

from samestack.compare.difference import Comparison, Relation
from samestack.model.risk import Risk
from samestack.render.comparison.counts import counts_of

NOTHING_DIFFERS: Final = "Nothing differs."

_COUNTED: Final = {
    Risk.BREAKS: "breaks",
    Risk.RESULTS: "results",
    Risk.SPEED: "speed",
    Risk.UNKNOWN: "unknown",
    Risk.NONE: "without risk",
}
_TOLD: Final = {
    Risk.BREAKS: "{} can break the program",
    Risk.RESULTS: "{} can change results",
    Risk.SPEED: "{} can change speed",
    Risk.UNKNOWN: "for {} the effect is not known",
    Risk.NONE: "{} should have no effect",
}


def verdict(comparison: Comparison) -> str:
    """The counts for a terminal: ``3 breaks, 5 results, 2 unknown; packages 8, python 2; 1 undecided``."""
    if comparison.is_equal:
        return NOTHING_DIFFERS
    counts = counts_of(comparison)
    parts = [
        ", ".join(f"{number} {_COUNTED[risk]}" for risk, number in counts.risks.items()),
        ", ".join(f"{layer} {number}" for layer, number in counts.layers.items()),
        _undecided(comparison),
    ]
    return "; ".join(part for part in parts if part)


def verdict_sentence(comparison: Comparison) -> str:
    """The counts for a reader: 10 differences: 3 can break the program and 7 can change results."""
    if comparison.is_equal:
        return NOTHING_DIFFERS
    risks = counts_of(comparison).risks
    undecided = _undecided(comparison)
    if not risks:
        return f"Nothing is known to differ; {undecided}."
    total = sum(risks.values())
    opening = f"{total} differences" if total > 1 else "One difference"
    told = [_TOLD[risk].format(number if total > 1 else "it") for risk, number in risks.items()]
    return f"{opening}: {_enumerated(told)}{f'; {undecided}' if undecided else ''}."


def how_many_differ(number: int) -> str:
    """The number with its verb: ``1 differs``, ``3 differ``."""
    return f"{number} {'differs' if number == 1 else 'differ'}"


def _undecided(comparison: Comparison) -> str:
    number = len(comparison.related(Relation.UNDECIDED))
    return f"{number} undecided" if number else ""


def _enumerated(clauses: list[str]) -> str:
    return " and ".join(part for part in (", ".join(clauses[:-1]), clauses[-1]) if part)
