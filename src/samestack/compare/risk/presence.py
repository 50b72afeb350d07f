"""Components that are on one side only, and what is not stated of those on both."""

from samestack.compare.difference import Reason
from samestack.compare.risk.reasons import unknown
from samestack.model import Component
from samestack.model.change import Change
from samestack.model.risk import Risk

Pair = tuple[Component, Component]


def both_sides(change: Change) -> Pair | None:
    """The component before and after; ``None`` where it came or went."""
    if change.before is None or change.after is None:
        return None
    return (change.before, change.after)


def gone(name: str, consequence: str) -> Reason:
    """A component that is not there any more, and what a program that needs it does."""
    return Reason(risk=Risk.BREAKS, text=f"{name} is gone: {consequence}")


def came(name: str) -> Reason:
    """A component that was not there before."""
    return unknown(f"{name} is new: whether anything loads it by itself is unknown.")


def came_or_went(change: Change, consequence: str) -> Reason:
    """The reason for a component on one side only."""
    return gone(change.name, consequence) if change.after is None else came(change.name)
