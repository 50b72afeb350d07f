"""What the search finds where nothing misleads: exactly the culprits, all of them, in few trials."""

from math import log2
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samestack.behaviour.bisecting.lattice.atom import Atom
from samestack.behaviour.bisecting.lattice.flakes import Flakes
from samestack.behaviour.bisecting.lattice.limits import Limits
from samestack.behaviour.bisecting.lattice.search import search
from samestack.behaviour.bisecting.lattice.trial import Answer, Trial
from samestack.behaviour.bisecting.lattice.verdict import Verdict
from tests.behaviour.bisecting.lattice.worlds import Crash, Names, Played, World, play, random_world, seeded

DEFAULT = Limits()
SHAPES = [(1,), (2,), (3,), (1, 1), (2, 1), (1, 1, 1)]
seeds = st.integers(0, 1_000_000)
NAMES = tuple(f"p{number}" for number in range(7))
names = st.sampled_from(NAMES)
small_worlds = st.builds(
    World,
    names=st.just(NAMES),
    implications=st.dictionaries(names, st.frozensets(names, max_size=2)),
    culprits=st.lists(st.frozensets(names, min_size=1, max_size=3), min_size=1, max_size=3).map(tuple),
)


def solved(world: World, *, workers: int = 1, seed: int = 0, limits: Limits = DEFAULT) -> Played:
    begun = search(world.atoms, world.implications, limits, workers=workers, seed=seed)
    return play(begun, world.truth)


def found(verdict: Verdict) -> set[Names]:
    return {frozenset(one.names) for one in verdict.culprits}


def world_of(
    names: str, *culprits: str, crashes: tuple[Crash, ...] = (), **implications: frozenset[str]
) -> World:
    return World(
        names=tuple(names),
        implications=implications,
        culprits=tuple(map(frozenset, culprits)),
        crashes=crashes,
    )


def needs(one: str, other: str) -> Crash:
    """Undeclared: with the one upgraded and not the other, it crashes."""
    return Crash(frozenset(one), frozenset(other))


@given(small_worlds, st.integers(1, 5), seeds)
def test_in_any_small_world_every_culprit_is_minimal_and_nothing_bad_is_left(
    world: World, workers: int, seed: int
) -> None:
    verdict = solved(world, workers=workers, seed=seed).verdict
    assert verdict.is_proven
    assert verdict.is_complete
    assert verdict.confidence == 1.0
    assert found(verdict) <= world.smallest_bad()
    for one in verdict.culprits:
        assert set(one.pivots) == world.topmost(frozenset(one.names))
    left = frozenset(world.names) - frozenset(verdict.held_back)
    assert world.truth(left) is Answer.GOOD
    pivots = frozenset(pivot for one in verdict.culprits for pivot in one.pivots)
    assert frozenset(verdict.held_back) == world.needing(pivots)


@given(seeds, st.integers(1, 60), st.sampled_from(SHAPES))
def test_where_nothing_crashes_it_is_exact_and_the_trials_are_bounded(
    seed: int, size: int, shape: tuple[int, ...]
) -> None:
    world = random_world(seeded(seed), size, pivots=shape)
    verdict = solved(world, seed=seed).verdict
    assert found(verdict) == world.smallest_bad()
    assert verdict.is_proven
    assert verdict.is_complete
    assert verdict.trials <= 2 * world.pivots * (log2(size) + 2)
    assert verdict.environments == verdict.trials


@given(seeds, st.sampled_from([(1,), (2,)]), st.data())
def test_a_prior_that_is_wrong_keeps_the_bound(
    seed: int, shape: tuple[int, ...], data: st.DataObject
) -> None:
    world = random_world(seeded(seed), 40, pivots=shape)
    weights = data.draw(st.fixed_dictionaries({}, optional={name: st.floats(0, 1e6) for name in world.names}))
    atoms = [Atom(name, weights.get(name, 1.0)) for name in world.names]
    verdict = play(search(atoms, world.implications, seed=seed), world.truth).verdict
    assert found(verdict) == world.smallest_bad()
    assert verdict.trials <= 2 * world.pivots * (log2(len(atoms)) + 2)


def test_a_prior_that_is_right_saves_trials() -> None:
    def trials(weight: float) -> int:
        total = 0
        for seed in range(30):
            world = random_world(seeded(seed), 40)
            guilty = frozenset().union(*world.culprits)
            atoms = [Atom(name, weight if name in guilty else 1.0) for name in world.names]
            total += play(search(atoms, world.implications, seed=seed), world.truth).verdict.trials
        return total

    assert trials(20.0) < 0.8 * trials(1.0)


@given(seeds, st.sampled_from(SHAPES), st.integers(2, 6), st.randoms(use_true_random=False))
def test_trials_may_run_at_once_and_end_in_any_order(
    seed: int, shape: tuple[int, ...], workers: int, random: Random
) -> None:
    world = random_world(seeded(seed), 30, pivots=shape)
    begun = search(world.atoms, world.implications, workers=workers, seed=seed)
    verdict = play(begun, world.truth, pick=random.choice).verdict
    assert found(verdict) == world.smallest_bad()
    assert verdict.is_proven


def test_four_workers_wait_half_as_often() -> None:
    worlds = [random_world(seeded(seed), 40, pivots=(1 + seed % 2,)) for seed in range(40)]
    alone = sum(solved(world, seed=seed).rounds for seed, world in enumerate(worlds))
    together = sum(solved(world, seed=seed, workers=4).rounds for seed, world in enumerate(worlds))
    assert together < 0.6 * alone


def test_no_more_trials_are_under_way_than_there_are_workers() -> None:
    world = random_world(seeded(3), 40, pivots=(2,))
    begun = search(world.atoms, world.implications, workers=4)
    under_way: list[Trial] = []
    while begun.verdict is None:
        under_way += begun.next_trials()
        assert 0 < len(under_way) <= 4
        assert begun.next_trials() == []
        trial = under_way.pop()
        begun.tell(trial, world.truth(frozenset(trial.upgraded)))
        under_way = [one for one in under_way if begun.is_needed(one)]


@given(seeds, st.integers(1, 4), st.integers(0, 40), st.randoms(use_true_random=False))
def test_after_an_interruption_nothing_runs_again_but_what_was_under_way(
    seed: int, workers: int, runs: int, random: Random
) -> None:
    flakes = Flakes(hidden=0.2) if seed % 2 else Flakes()
    world = random_world(seeded(seed), 20, pivots=(2,), crashes=2)
    journal: dict[tuple[tuple[str, ...], int], Answer] = {}

    def begun() -> Verdict | None:
        one = search(world.atoms, world.implications, Limits(flakes=flakes), workers=workers, seed=seed)
        under_way: list[Trial] = []
        while one.verdict is None and len(journal) < limit:
            under_way += one.next_trials()
            known = [trial for trial in under_way if (trial.upgraded, trial.number) in journal]
            trial = known[0] if known else random.choice(under_way)
            under_way.remove(trial)
            key = trial.upgraded, trial.number
            journal.setdefault(key, world.truth(frozenset(trial.upgraded)))
            one.tell(trial, journal[key])
            under_way = [trial for trial in under_way if one.is_needed(trial)]
        return one.verdict

    limit = runs
    begun()
    interrupted = dict(journal)
    limit = 10_000
    verdict = begun()
    told = len(journal)
    again = begun()
    assert verdict is not None
    assert again is not None
    assert again.culprits == verdict.culprits
    assert len(journal) == told
    # What was answered is asked for again, but for what ran at once with what made it worthless.
    if workers == 1:
        assert again == verdict
        assert told == verdict.trials
        assert interrupted.items() <= journal.items()


def test_the_same_seed_goes_the_same_way() -> None:
    world = random_world(seeded(5), 40, pivots=(2,), crashes=3)
    first, second, other = (solved(world, seed=seed) for seed in (1, 1, 2))
    assert first == second
    assert first.asked != other.asked


def test_pivots_are_told_apart_from_what_they_need() -> None:
    world = world_of("abcdefgh", "c", c=frozenset("ab"), d=frozenset("c"))
    (culprit,) = solved(world).verdict.culprits
    assert (culprit.pivots, culprit.companions) == (("c",), ("a", "b"))
    assert solved(world).verdict.held_back == ("c", "d")


def test_what_needs_each_other_is_blamed_together() -> None:
    world = world_of("abcdefgh", "b", b=frozenset("c"), c=frozenset("b"))
    (culprit,) = solved(world).verdict.culprits
    assert (culprit.pivots, culprit.companions) == (("b", "c"), ())


def test_a_need_that_is_not_declared_is_learned_from_the_crash() -> None:
    world = world_of("abcdefghijklmnop", "c", crashes=(needs("c", "a"),))
    verdict = solved(world).verdict
    (culprit,) = verdict.culprits
    assert (culprit.pivots, culprit.companions, culprit.is_proven) == (("c",), ("a",), True)
    assert verdict.learned == {"c": frozenset("a")}


def test_two_that_crash_without_each_other_are_blamed_together() -> None:
    world = world_of("abcdefghijklmnop", "c", crashes=(needs("c", "a"), needs("a", "c")))
    verdict = solved(world).verdict
    (culprit,) = verdict.culprits
    assert (culprit.pivots, culprit.companions, culprit.is_proven) == (("a", "c"), (), True)


def test_two_that_together_crash_without_a_third_have_it_as_companion() -> None:
    crash = Crash(frozenset("bd"), frozenset("f"))
    (culprit,) = solved(world_of("abcdefgh", "bd", crashes=(crash,))).verdict.culprits
    assert (culprit.pivots, culprit.companions, culprit.is_proven) == (("b", "d"), ("f",), True)


def test_of_three_of_which_no_two_work_all_are_blamed() -> None:
    crashes = tuple(Crash(frozenset("abc") - {one}, frozenset(one)) for one in "abc")
    verdict = solved(world_of("abcdef", "abc", crashes=crashes)).verdict
    (culprit,) = verdict.culprits
    assert (culprit.pivots, verdict.is_proven) == (("a", "b", "c"), True)


def test_what_crashes_without_the_culprit_is_held_back_with_it_and_not_judged() -> None:
    verdict = solved(world_of("abcdefgh", "c", crashes=(needs("f", "c"),))).verdict
    assert found(verdict) == {frozenset("c")}
    assert verdict.held_back == ("c", "f")
    assert verdict.is_proven
    assert not verdict.is_complete
    assert verdict.notes == ("f: cannot be judged, since without the culprits there is no answer",)


def test_what_crashes_only_with_others_and_is_bad_alone_is_found() -> None:
    crash = Crash(frozenset("fg"), frozenset("c"))
    for seed in range(8):
        verdict = solved(world_of("abcdefgh", "c", "f", "g", crashes=(crash,)), seed=seed).verdict
        assert found(verdict) == {frozenset("c"), frozenset("f"), frozenset("g")}


def test_culprits_that_share_a_change_are_both_gone_without_it() -> None:
    verdict = solved(world_of("abcdefgh", "ab", "ac")).verdict
    assert len(verdict.culprits) == 1
    assert verdict.is_complete
    assert "a" in verdict.culprits[0].pivots


@given(seeds)
def test_where_answers_follow_no_rule_what_is_named_is_bad_and_with_one_change_less_it_is_not(
    seed: int,
) -> None:
    world = random_world(seeded(seed), 8)

    def answer(upgraded: Names) -> Answer:
        return seeded(hash((seed, *sorted(map(world.names.index, upgraded))))).choice(list(Answer))

    verdict = play(search(world.atoms, world.implications), answer).verdict
    assert verdict.culprits
    for one in verdict.culprits:
        members = frozenset(one.names)
        assert members == frozenset(world.names) or answer(members) is Answer.BAD
        topmost = world.topmost(members) if one.is_proven else ()
        parts = [members - world.needing(frozenset({name})) for name in topmost]
        assert all(answer(part) is not Answer.BAD for part in parts if part)


def test_a_single_change_needs_no_trial() -> None:
    verdict = solved(world_of("a", "a")).verdict
    assert (found(verdict), verdict.trials, verdict.is_proven) == ({frozenset("a")}, 0, True)


def test_without_changes_there_is_no_culprit() -> None:
    verdict = search([], {}).verdict
    assert verdict is not None
    assert (verdict.culprits, verdict.is_proven, verdict.notes) == (
        (),
        False,
        ("nothing changed between the two",),
    )


@pytest.mark.parametrize("trials", range(6))
def test_where_the_trials_end_the_smallest_that_is_bad_is_named_and_not_proved(trials: int) -> None:
    world = random_world(seeded(1), 40)
    begun = search(world.atoms, world.implications, Limits(trials=trials), workers=4)
    verdict = play(begun, world.truth).verdict
    assert verdict.trials == trials
    assert not verdict.is_proven
    assert not verdict.is_complete
    assert f"the search ended after {trials} runs, before it was done" in verdict.notes
    for one in verdict.culprits:
        assert not one.is_proven
        assert world.truth(frozenset(one.names)) is Answer.BAD


def test_where_too_much_crashes_for_a_proof_that_is_said() -> None:
    crashes = tuple(needs("a", other) for other in "bcdefg")
    verdict = solved(world_of("abcdefghijkl", "a", crashes=crashes), limits=Limits(proofs=4)).verdict
    assert found(verdict) == {frozenset("abcdefg")}
    assert not verdict.is_proven
    assert "7 changes: that no part of it is bad is not proved" in verdict.notes


def test_at_most_so_many_culprits_are_looked_for() -> None:
    verdict = solved(world_of("abcdefgh", *"abcdef"), limits=Limits(culprits=2)).verdict
    assert len(verdict.culprits) == 2
    assert not verdict.is_proven
    assert "whether anything else makes it bad as well is not known" in verdict.notes


def test_every_step_says_why_and_what_follows() -> None:
    world = world_of("abcdefgh", "bd", crashes=(needs("b", "e"),))
    played = solved(world, seed=4)
    steps = played.verdict.steps
    assert [step.upgraded for step in steps] == [trial.upgraded for trial in played.asked]
    assert [step.why for step in steps] == [trial.why for trial in played.asked]
    for step in steps:
        assert step.answer is world.truth(frozenset(step.upgraded))
        assert step.learned.startswith("no answer (crash)") == (step.answer is Answer.UNRESOLVED)
    assert steps[0].why == "which of 8 changes makes it bad? with 4 of them upgraded"
    assert "holding back b and d mends it" in [step.learned for step in steps]


def test_what_is_left_to_do_is_foretold() -> None:
    world = random_world(seeded(2), 64)
    begun = search(world.atoms, world.implications)
    foretold = []
    while begun.verdict is None:
        foretold.append(begun.trials_left)
        (trial,) = begun.next_trials()
        begun.tell(trial, world.truth(frozenset(trial.upgraded)))
    assert foretold[0] == 8
    assert all(abs(left - actual) <= 2 for actual, left in enumerate(reversed(foretold), 1))
    assert begun.trials_left == 0


def test_an_answer_to_what_was_not_asked_is_refused_and_one_that_is_not_needed_is_ignored() -> None:
    world = world_of("abcdefghijklmnop", "a")
    begun = search(world.atoms, world.implications, workers=4)
    with pytest.raises(ValueError, match="not handed out"):
        begun.tell(Trial(upgraded=("a",), number=0, why=""), Answer.BAD)
    trials = begun.next_trials()
    begun.tell(trials[0], Answer.BAD)
    assert not any(begun.is_needed(one) for one in trials)
    begun.tell(trials[3], Answer.GOOD)
    assert len(begun.steps) == 1
