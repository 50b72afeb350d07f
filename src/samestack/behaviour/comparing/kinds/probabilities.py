"""Scores of all classes: each is close to what it was, and the highest is the same but for ties."""

from samestack.behaviour.comparing.arrays import real_numbers, rows
from samestack.behaviour.comparing.closeness import explained, times_allowed
from samestack.behaviour.comparing.described import figure, shape_of
from samestack.behaviour.comparing.judgement import Judgement, apart, judged
from samestack.behaviour.comparing.tolerances import Closeness
from samestack.behaviour.comparing.tops import Tops, tops
from samestack.behaviour.recording.recording import Array, Value


def compare(reference: Value, answer: Value, tolerance: Closeness) -> Judgement:
    """The distance is the larger of two.

    How many times as far apart the worst two scores are as is allowed; and the largest margin by which
    another class became the highest, in times of a tie.
    """
    before, after = real_numbers(reference, "scores"), real_numbers(answer, "scores")
    if before.shape != after.shape:
        return apart(tolerance, f"{shape_of(before)} -> {shape_of(after)}")
    if not before.size:
        return judged(0, 0)
    times = times_allowed(before, after, tolerance)
    winners = tops(rows(before), rows(after), tolerance)
    detail = flips(winners) + explained(before, after, times, tolerance)
    return judged(max(float(times.max()), float(winners.times.max())), tolerance.allowed, detail)


def flips(winners: Tops) -> str:
    """The row in which another winner is furthest ahead, and how many have one; more can follow."""
    flipped = winners.before != winners.after
    if not flipped.any():
        return ""
    worst = int(winners.times.argmax())
    where = f"row {worst}: " if len(flipped) > 1 else ""
    margin = f"by a margin of {figure(float(winners.margin[worst]))}"
    return f"{where}class {winners.before[worst]} -> {winners.after[worst]} {margin}{_more(flipped)}; "


def _more(flipped: Array) -> str:
    return f" ({int(flipped.sum())} of {len(flipped)} flip)" if len(flipped) > 1 else ""
