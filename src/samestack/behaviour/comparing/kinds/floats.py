"""Numbers that arithmetic may round differently."""

from samestack.behaviour.comparing.arrays import numbers
from samestack.behaviour.comparing.closeness import explained, times_allowed
from samestack.behaviour.comparing.described import shape_of
from samestack.behaviour.comparing.judgement import Judgement, apart, judged
from samestack.behaviour.comparing.tolerances import Closeness
from samestack.behaviour.recording.recording import Value


def compare(reference: Value, answer: Value, tolerance: Closeness) -> Judgement:
    """The distance is how many times as far apart the worst two numbers are as is allowed."""
    before, after = numbers(reference), numbers(answer)
    if before.shape != after.shape:
        return apart(tolerance, f"{shape_of(before)} -> {shape_of(after)}")
    if not before.size:
        return judged(0, 0)
    times = times_allowed(before, after, tolerance)
    detail = explained(before, after, times, tolerance)
    return judged(float(times.max()), tolerance.allowed, detail)
