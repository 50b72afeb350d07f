"""The version nearest to what a wish asks for that the other wishes can live with, found by bisection.

Whether "any version from what is asked up to this one" can be met only turns from no to yes as the limit
moves away: so a few solves find the turning point among all releases, exactly. Where metadata suggest which
release that is, two solves confirm it: with it the wishes can be met, without it not yet.
"""

from collections.abc import Callable, Iterable, Sequence

from msgspec import Struct, structs
from packaging.utils import canonicalize_name
from packaging.version import InvalidVersion, Version

from samestack.solve.conflicts.asking import Asking, Question
from samestack.solve.metadata import MetadataSource, Release
from samestack.solve.oracle import Answer
from samestack.solve.problem import Wish
from samestack.solve.relaxations.loosening import between, bounds, distance
from samestack.solve.wanted import Wanted, wanted

Suits = Callable[[str], bool]
"""Whether metadata say that a version would do; a guess, which saves solves where it is right."""


class _Way(Struct, frozen=True, kw_only=True):
    """Up or down from what a wish asks for: the versions there, the nearest first."""

    wish: Wish
    others: Question
    start: str
    """The bound of the range on the side of the wish."""
    to: str
    """The operator of its other bound."""
    versions: tuple[str, ...]

    def question(self, count: int) -> Question:
        """The wish for what is asked and so many versions more."""
        text = between(self.wish.text, f"{self.start}{self.to}{self.versions[count - 1]}")
        return self.others | {structs.replace(self.wish, text=text)}

    def within(self, reach: float) -> "_Way":
        """Only the versions that are nearer than that."""
        near = tuple(one for one in self.versions if distance(self.wish.text, one) < reach)
        return structs.replace(self, versions=near)


class Nearest:
    """Looks for nearest versions, with the same solver and the same index each time."""

    def __init__(self, asking: Asking, metadata: MetadataSource) -> None:
        self._asking = asking
        self._metadata = metadata
        self._found: dict[tuple[str, str], str] = {}

    def version(self, wish: Wish, others: Question, suits: Suits | None) -> str:
        """The version of a wish's package nearest to it with which the others can be met; empty if none."""
        said = wanted(wish.text)
        if said is None or said.address or not said.specifier:
            return ""
        best = ""
        for way in self._ways(wish, said, others):
            # What is further away than what is found already need not be looked for.
            near = way.within(distance(wish.text, best)) if best else way
            best = self._turning_point(near, suits) or best
        return best

    def _ways(self, wish: Wish, said: Wanted, others: Question) -> Iterable[_Way]:
        """Upwards, then downwards."""
        versions = [
            Version(one.version) for one in self._metadata.releases(said.name) if _is_usable(one, said)
        ]
        allowed = [one for one in versions if said.specifier.contains(one, prereleases=True)]
        # Where the index has nothing that is asked for, the wish is where its bounds are.
        known = allowed or bounds(said)
        if not known:
            return
        low, high = known[0], known[-1]
        outside = [one for one in versions if one not in allowed]
        up = tuple(str(one) for one in outside if one > high)
        down = tuple(str(one) for one in reversed(outside) if one < high)
        yield _Way(wish=wish, others=others, start=f">={low.public},", to="<=", versions=up)
        yield _Way(wish=wish, others=others, start=f"<={high.public},", to=">=", versions=down)

    def _turning_point(self, way: _Way, suits: Suits | None) -> str:
        """The first version that is enough; empty where all of them are not."""
        if not way.versions:
            return ""
        unmet, met = self._guessed(way, suits)
        if not met:
            answer = self._answers(way, [len(way.versions)])[0]
            if not _is_enough(way, answer):
                return ""
            met = _chosen(way, answer) or len(way.versions)
        while met - unmet > 1:
            middle = (met + unmet) // 2
            answer = self._answers(way, [middle])[0]
            if _is_enough(way, answer):
                met = min(middle, _chosen(way, answer) or middle)
            else:
                unmet = middle
        self._found[way.wish.text, way.to] = way.versions[met - 1]
        return way.versions[met - 1]

    def _guessed(self, way: _Way, suits: Suits | None) -> tuple[int, int]:
        """How many versions are surely not enough, and how many surely are; 0 where that is not known."""
        guess = self._guess(way, suits)
        if not guess:
            return 0, 0
        tried = [count for count in (guess - 1, guess) if count]
        answers = self._answers(way, tried)
        enough = [_is_enough(way, one) for one in answers]
        met = next((count for count, one in zip(tried, enough, strict=True) if one), 0)
        unmet = max((count for count, one in zip(tried, enough, strict=True) if not one), default=0)
        return unmet, met

    def _guess(self, way: _Way, suits: Suits | None) -> int:
        """The number of a version that could be the turning point; 0 without an idea."""
        earlier = self._found.get((way.wish.text, way.to))
        if earlier in way.versions:
            return way.versions.index(earlier) + 1
        if suits is None:
            return 0
        return next((number for number, one in enumerate(way.versions, 1) if suits(one)), 0)

    def _answers(self, way: _Way, counts: Sequence[int]) -> list[Answer]:
        return self._asking.answers([way.question(count) for count in counts])


def chosen_version(wish: Wish, answer: Answer) -> str:
    """The version that a solve chose for a wish's package; empty where it chose none."""
    said = wanted(wish.text)
    for pin in answer.solution:
        name, is_pin, version = pin.partition("==")
        if is_pin and said is not None and canonicalize_name(name) == said.key:
            return _canonical(version.partition(";")[0].strip())
    return ""


def _is_enough(way: _Way, answer: Answer) -> bool:
    """Whether it can be met, and by a release that is offered: not by a prerelease that lies between."""
    return answer.is_met and (chosen_version(way.wish, answer) in {"", *way.versions})


def _chosen(way: _Way, answer: Answer) -> int:
    """The number of the version that was chosen; 0 where it is none of these."""
    chosen = chosen_version(way.wish, answer)
    return way.versions.index(chosen) + 1 if chosen in way.versions else 0


def _is_usable(release: Release, said: Wanted) -> bool:
    try:
        is_early = Version(release.version).is_prerelease
    except InvalidVersion:
        return False
    if is_early and not said.specifier.prereleases:
        return False
    return release.refusal is None and release.is_meant and not release.is_yanked


def _canonical(version: str) -> str:
    try:
        return str(Version(version))
    except InvalidVersion:
        return version
