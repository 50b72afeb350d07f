"""The peer of the benchmarks is the real one: what it finds is bad, and with one change less it is not."""

from benchmarks.ddmin import ddmin
from samestack.behaviour.bisecting.lattice.trial import Answer
from tests.behaviour.bisecting.lattice.worlds import World, random_world, seeded


def test_where_everything_can_be_built_it_is_exact() -> None:
    names = tuple(f"p{number}" for number in range(30))
    culprit = frozenset({"p3", "p17", "p29"})
    world = World(names=names, implications={}, culprits=(culprit,))
    shrunk = ddmin(names, world.truth, world.can_be_built)
    assert (shrunk.names, shrunk.unresolvable) == (culprit, 0)
    assert 30 < shrunk.trials < 120


def test_what_it_finds_is_bad_and_counts_what_cannot_be_built_apart() -> None:
    unresolvable = 0
    for seed in range(20):
        world = random_world(seeded(seed), 20, pivots=(2,))
        shrunk = ddmin(world.names, world.truth, world.can_be_built)
        assert world.truth(shrunk.names) is Answer.BAD
        unresolvable += shrunk.unresolvable
        for name in shrunk.names:
            left = shrunk.names - {name}
            assert not world.can_be_built(left) or world.truth(left) is not Answer.BAD
    assert unresolvable > 100
