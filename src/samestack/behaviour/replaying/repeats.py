"""How often a program is run again, so that a false alarm is improbable whatever its answers are like.

Runs of one environment are exchangeable: if nothing changed, any of them could have been the recorded ones.
Of all the ways to divide them into as many recorded and as many new ones, at most one (two, where both are
equally many) sets the same answers apart. So the number of divisions bounds what chance can do, and no
distribution has to be assumed.
"""

from math import comb
from typing import Final

FALSE_ALARMS: Final = 0.05
"""The share of replays in an unchanged environment that may be said to differ, at most."""

AIM: Final = 0.02
"""What the most telling outcome is to be, so that a change is seen beside fields that waver by themselves."""

MOST_REPEATS: Final = 5
"""A recording of a single run would take 49 for that: then so many, and the larger share is said."""


def false_alarms(recorded: int, repeats: int) -> float:
    """The share of false alarms that so many runs can be held to: :data:`FALSE_ALARMS`, or what is left."""
    return max(FALSE_ALARMS, _least(recorded, repeats))


def repeats_for(recorded: int) -> int:
    """How many new runs it takes beside so many recorded ones."""
    enough = (number for number in range(1, MOST_REPEATS) if _least(recorded, number) <= AIM)
    return next(enough, MOST_REPEATS)


def _least(recorded: int, repeats: int) -> float:
    """The probability of the most telling outcome, if nothing changed."""
    return (2 if recorded == repeats else 1) / comb(recorded + repeats, recorded)
