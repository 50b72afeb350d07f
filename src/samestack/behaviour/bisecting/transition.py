"""Where a row turns from good to bad: several places at once, passing over what gives no answer."""

from collections.abc import Callable, Mapping, Sequence

from msgspec import Struct

from samestack.behaviour.bisecting.lattice.trial import Answer


class Transition(Struct, frozen=True, kw_only=True):
    """Where a row turns. Its ends stand for what is before its first place and after its last one."""

    last_good: int
    """-1 for the good end itself."""
    first_bad: int
    """The length of the row for the bad end itself."""
    untold: tuple[int, ...]
    """The places between the two: what is there gave no answer."""


def transition(
    length: int, answers_at: Callable[[Sequence[int]], Sequence[Answer]], *, workers: int = 1
) -> Transition:
    """Halve the row until nothing between good and bad is left that answers.

    Were it to turn several times, this is one of them: good just before it, and bad just after.
    """
    known: dict[int, Answer] = {}
    good, bad = -1, length
    while places := _middles([one for one in range(good + 1, bad) if one not in known], workers):
        known.update(zip(places, answers_at(places), strict=True))
        good, bad = _ends(known, good, bad)
    return Transition(last_good=good, first_bad=bad, untold=tuple(range(good + 1, bad)))


def _middles(places: Sequence[int], workers: int) -> list[int]:
    """As many as can be asked at once, evenly spread."""
    count = min(workers, len(places))
    return [places[len(places) * part // (count + 1)] for part in range(1, count + 1)]


def _ends(known: Mapping[int, Answer], good: int, bad: int) -> tuple[int, int]:
    inside = [one for one in sorted(known) if good < one < bad]
    first_bad = next((one for one in inside if known[one] is Answer.BAD), bad)
    return max(
        (one for one in inside if one < first_bad and known[one] is Answer.GOOD), default=good
    ), first_bad
