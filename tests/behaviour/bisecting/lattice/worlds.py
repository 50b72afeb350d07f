"""Worlds that are known through and through: what needs what, what crashes, what is bad, what flakes."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import combinations
from random import Random

from msgspec import Struct, structs

from samestack.behaviour.bisecting.lattice.atom import Atom
from samestack.behaviour.bisecting.lattice.flakes import Flakes
from samestack.behaviour.bisecting.lattice.search import Search
from samestack.behaviour.bisecting.lattice.trial import Answer, Trial
from samestack.behaviour.bisecting.lattice.verdict import Verdict

Names = frozenset[str]
Answers = Callable[[Names], Answer]


class Crash(Struct, frozen=True):
    """Where all of these are upgraded and none of those is, there is no answer."""

    upgraded: Names
    lacking: Names

    def happens(self, upgraded: Names) -> bool:
        return self.upgraded <= upgraded and not self.lacking & upgraded


class World(Struct, frozen=True, kw_only=True):
    """Which hybrids can be built, which answer, and which answer badly."""

    names: tuple[str, ...]
    implications: Mapping[str, Names]
    culprits: tuple[Names, ...]
    """Where all changes of any of these are upgraded, it is bad."""
    crashes: tuple[Crash, ...] = ()
    flakes: Flakes = Flakes()
    weights: Mapping[str, float] = {}

    @property
    def atoms(self) -> list[Atom]:
        return [Atom(name, self.weights.get(name, 1.0)) for name in self.names]

    @property
    def pivots(self) -> int:
        return sum(len(one) for one in self.culprits)

    def can_be_built(self, upgraded: Names) -> bool:
        return all(self.implications.get(one, frozenset()) <= upgraded for one in upgraded)

    def hybrids(self) -> Iterator[Names]:
        """All that can be built."""
        for count in range(len(self.names) + 1):
            yield from filter(self.can_be_built, map(frozenset, combinations(self.names, count)))

    def truth(self, upgraded: Names) -> Answer:
        """How a hybrid answers where nothing flakes; it is an error to ask for one that cannot be built."""
        assert self.can_be_built(upgraded), f"{sorted(upgraded)} cannot be built"
        if any(crash.happens(upgraded) for crash in self.crashes):
            return Answer.UNRESOLVED
        return Answer.BAD if any(culprit <= upgraded for culprit in self.culprits) else Answer.GOOD

    def closure(self, names: Iterable[str]) -> Names:
        """With all that these need, declared or not, where each crash is due to one that needs one other."""
        found = set(names)
        while more := self._needed(found) - found:
            found |= more
        return frozenset(found)

    def needing(self, names: Names) -> Names:
        """What needs any of these, declared or not."""
        return frozenset(one for one in self.names if self.closure([one]) & names)

    def smallest_bad(self) -> set[Names]:
        """The least that is bad, where each crash is due to one that needs one other."""
        return minimal(self.closure(one) for one in self.culprits)

    def topmost(self, names: Names) -> Names:
        """Those that no other of the names needs, but such as they need themselves."""
        return frozenset(
            one for one in names if self.needing(frozenset({one})) & names <= self.closure([one])
        )

    def _needed(self, names: set[str]) -> set[str]:
        declared = {need for one in names for need in self.implications.get(one, ())}
        return declared | {
            need for crash in self.crashes if crash.upgraded <= names for need in crash.lacking
        }


def minimal(sets: Iterable[Names]) -> set[Names]:
    """Those of which no other is a part."""
    all_of_them = set(sets)
    return {one for one in all_of_them if not any(other < one for other in all_of_them)}


def seeded(seed: int) -> Random:
    """The same chance every time."""
    return Random(seed)  # noqa: S311 - nobody has to guess it


def flaking(truth: Answers, flakes: Flakes, random: Random) -> Answers:
    """Answers that mislead as often as they may."""

    def answer(upgraded: Names) -> Answer:
        true = truth(upgraded)
        if true is Answer.UNRESOLVED or random.random() < flakes.stray:
            return Answer.UNRESOLVED
        if true is Answer.BAD:
            return Answer.GOOD if random.random() < flakes.hidden else Answer.BAD
        return Answer.BAD if random.random() < flakes.false_alarm else Answer.GOOD

    return answer


class Played(Struct, frozen=True, kw_only=True):
    """A search that was played to its end."""

    verdict: Verdict
    rounds: int
    """How often one had to wait, if all trials take the same time."""
    asked: tuple[Trial, ...]


def play(
    search: Search, answer: Answers, pick: Callable[[list[Trial]], Trial] = lambda trials: trials[0]
) -> Played:
    """Run trials until there is a verdict; ``pick`` says which of those under way ends first."""
    under_way: list[Trial] = []
    asked: list[Trial] = []
    rounds = 0
    while search.verdict is None:
        rounds += not under_way
        new = search.next_trials()
        asked += new
        under_way += new
        assert under_way, "nothing is under way and nothing is asked"
        trial = pick(under_way)
        under_way.remove(trial)
        search.tell(trial, answer(frozenset(trial.upgraded)), "crash")
        under_way = [one for one in under_way if search.is_needed(one)]
    return Played(verdict=search.verdict, rounds=rounds, asked=tuple(asked))


def random_world(random: Random, size: int, *, pivots: tuple[int, ...] = (1,), crashes: int = 0) -> World:
    """So many changes, a third of which need others, two of which need each other, and culprits so large.

    So many crashes are due to one change that needs one other and does not declare it.
    """
    names = tuple(f"p{number}" for number in range(size))
    world = World(names=names, implications=_implications(random, names), culprits=())
    pairs = [random.sample(names, 2) for _ in range(crashes)]
    undeclared = [
        Crash(frozenset({one}), frozenset({need})) for one, need in pairs if need not in world.closure([one])
    ]
    world = structs.replace(world, crashes=tuple(undeclared))
    return structs.replace(world, culprits=_culprits(random, world, pivots))


def _implications(random: Random, names: tuple[str, ...]) -> dict[str, Names]:
    ranked = random.sample(names, len(names))
    found = {
        name: frozenset(random.sample(ranked[:place], min(place, random.choice((1, 1, 2)))))
        for place, name in enumerate(ranked)
        if place and random.random() < 1 / 3
    }
    if len(names) > 6:
        first, second = random.sample(names, 2)
        found[first] = found.get(first, frozenset()) | {second}
        found[second] = found.get(second, frozenset()) | {first}
    return found


def _culprits(random: Random, world: World, pivots: tuple[int, ...]) -> tuple[Names, ...]:
    """Sets of changes none of which needs another of its own set or of any other set."""
    culprits: list[Names] = []
    free = set(world.names)
    for wanted in pivots:
        chosen: set[str] = set()
        while len(chosen) < wanted and free:
            one = random.choice(sorted(free))
            chosen.add(one)
            free -= world.closure([one]) | world.needing(frozenset({one}))
        culprits.append(frozenset(chosen))
    return tuple(one for one in culprits if one)
