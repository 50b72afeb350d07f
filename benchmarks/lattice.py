"""How many trials the search takes in worlds of which everything is known, beside plain delta debugging."""

from collections.abc import Sequence
from pathlib import Path
from random import Random
from statistics import mean

from msgspec import Struct

from benchmarks.ddmin import Shrunk, ddmin
from samestack.behaviour.bisecting.lattice.atom import Atom
from samestack.behaviour.bisecting.lattice.flakes import Flakes
from samestack.behaviour.bisecting.lattice.limits import Limits
from samestack.behaviour.bisecting.lattice.search import search
from tests.behaviour.bisecting.lattice.worlds import Played, World, flaking, play, random_world, seeded

WORLDS = 50
ROWS = ((20, 1, 0), (40, 1, 0), (40, 2, 0), (80, 2, 0), (160, 1, 0), (160, 3, 0), (40, 1, 2), (40, 2, 2))
_HEAD = (
    "| changes | culprits | crashes | trials | with a prior | rounds on 4 workers | exact "
    "| ddmin: trials | unresolvable | exact |\n|---|---|---|---|---|---|---|---|---|---|\n"
)


class Row(Struct, frozen=True):
    """One size of world, searched in every way."""

    size: int
    pivots: int
    crashes: int
    worlds: tuple[World, ...]
    alone: tuple[Played, ...]
    with_prior: tuple[Played, ...]
    together: tuple[Played, ...]
    shrunk: tuple[Shrunk, ...]

    def __str__(self) -> str:
        pairs = list(zip(self.worlds, self.alone, self.shrunk, strict=True))
        exact = mean(_found(played) == world.smallest_bad() for world, played, _ in pairs)
        ddmin_exact = mean({shrunk.names} == world.smallest_bad() for world, _, shrunk in pairs)
        return (
            f"| {self.size} | {self.pivots} | {self.crashes} "
            f"| {_trials(self.alone)} | {_trials(self.with_prior)} "
            f"| {mean(one.rounds for one in self.together):.1f} | {exact:.0%} "
            f"| {mean(one.trials for one in self.shrunk):.1f} "
            f"| {mean(one.unresolvable for one in self.shrunk):.1f} | {ddmin_exact:.0%} |"
        )


def report(directory: Path) -> str:  # noqa: ARG001 - nothing is written
    """The table, in Markdown."""
    rows = "\n".join(str(row(*one)) for one in ROWS)
    return (
        "# The search for culprits, simulated\n\n"
        f"Means over {WORLDS} random worlds a row: a third of the changes declare that they need others. "
        "The culprits of a row are bad only together. A crash is due to a change that needs another and does "
        "not declare it. The last trial of each search is the one that shows that there are no further "
        "culprits; A and B themselves are not counted. With a prior, a guilty change weighs eight times as "
        "much as another. ddmin takes what cannot be built for unresolved, and counts it apart.\n\n"
        f"{_HEAD}{rows}\n\n{_flaking()}\n"
    )


def row(size: int, pivots: int, crashes: int) -> Row:
    """Worlds of one size, searched by one worker, with a prior, by four workers, and by ddmin."""
    worlds = [random_world(seeded(one), size, pivots=(pivots,), crashes=crashes) for one in range(WORLDS)]
    return Row(
        size=size,
        pivots=pivots,
        crashes=crashes,
        worlds=tuple(worlds),
        alone=tuple(_searched(world, world.atoms, seed) for seed, world in enumerate(worlds)),
        with_prior=tuple(_searched(world, _suspected(world), seed) for seed, world in enumerate(worlds)),
        together=tuple(_searched(world, world.atoms, seed, 4) for seed, world in enumerate(worlds)),
        shrunk=tuple(
            ddmin(seeded(seed).sample(world.names, size), world.truth, world.can_be_built)
            for seed, world in enumerate(worlds)
        ),
    )


def _searched(world: World, atoms: Sequence[Atom], seed: int, workers: int = 1) -> Played:
    return play(search(atoms, world.implications, workers=workers, seed=seed), world.truth)


def _suspected(world: World) -> list[Atom]:
    guilty = frozenset().union(*world.culprits)
    return [Atom(name, 8.0 if name in guilty else 1.0) for name in world.names]


def _found(played: Played) -> set[frozenset[str]]:
    return {frozenset(one.names) for one in played.verdict.culprits}


def _trials(played: Sequence[Played]) -> str:
    return f"{mean(one.verdict.trials for one in played):.1f}"


def _flaking() -> str:
    flakes = Flakes(hidden=0.3)
    played, exact = [], 0
    for seed in range(WORLDS):
        random: Random = seeded(seed)
        world = random_world(random, 40)
        begun = search(world.atoms, world.implications, Limits(flakes=flakes), seed=seed)
        played.append(play(begun, flaking(world.truth, flakes, random)))
        exact += _found(played[-1]) == world.smallest_bad()
    environments = mean(one.verdict.environments for one in played)
    return (
        f"Of 40 changes with one culprit, whose environments answer well by mistake in 30 % of their runs: "
        f"{_trials(played)} runs of {environments:.1f} environments, exact in {exact / WORLDS:.0%}."
    )
