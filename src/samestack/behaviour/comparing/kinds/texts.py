"""Words: the same or not, unless a project allows a difference or looks for a pattern in them."""

import re
from collections.abc import Iterator
from typing import Final

from samestack.behaviour.comparing.arrays import texts, unfit
from samestack.behaviour.comparing.described import described, scalar
from samestack.behaviour.comparing.edit_distance import similarity
from samestack.behaviour.comparing.judgement import Judgement, apart, judged
from samestack.behaviour.comparing.tolerances import TextTolerance
from samestack.behaviour.recording.recording import Value

_SHOWN: Final = 20
"""Characters that are shown before and after the first that differs."""


def compare(reference: Value, answer: Value, tolerance: TextTolerance) -> Judgement:
    """The distance is the share of the text that has to be edited; of several texts, of the worst one."""
    before, after = texts(reference), texts(answer)
    if tolerance.pattern:
        before, after = list(_found(before, tolerance.pattern)), list(_found(after, tolerance.pattern))
        if not before:
            unfit(reference, f"the parts that the pattern {scalar(tolerance.pattern)} finds: it finds none")
    if len(before) != len(after) or getattr(reference, "shape", ()) != getattr(answer, "shape", ()):
        return apart(tolerance, f"{described(reference)} -> {described(answer)}")
    distances = [1 - similarity(one, other) for one, other in zip(before, after, strict=True)]
    worst = max(range(len(distances)), key=distances.__getitem__, default=None)
    if worst is None:
        return judged(0, 0)
    detail = _around(before[worst], after[worst]) + (f" in text {worst}" if len(before) > 1 else "")
    return judged(distances[worst], tolerance.allowed, detail)


def _found(whole: list[str], pattern: str) -> Iterator[str]:
    for text in whole:
        for match in re.finditer(pattern, text):
            yield from (part or "" for part in match.groups() or (match.group(),))


def _around(before: str, after: str) -> str:
    """The two texts near the first character that differs."""
    shortest = min(len(before), len(after))
    first = next((place for place in range(shortest) if before[place] != after[place]), shortest)
    start = max(first - _SHOWN, 0)
    return f"{_part(before, start, first)} -> {_part(after, start, first)}"


def _part(text: str, start: int, first: int) -> str:
    end = first + _SHOWN
    return f"{'...' if start else ''}{text[start:end]!r}{'...' if len(text) > end else ''}"
