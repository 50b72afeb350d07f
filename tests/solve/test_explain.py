"""Explanations on an index that fits in a dictionary: each relaxation is nearest, each conflict minimal."""

import itertools
from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from samestack.errors import OutsideError
from samestack.solve.explain import Limits, explain
from samestack.solve.explanation import Conflict, Demand, Explanation
from samestack.solve.metadata import Refusal
from samestack.solve.oracle import Answer
from samestack.solve.problem import Problem, Target, Wish
from tests.solve.small_index import SmallIndex

TARGET = Target(python="3.11")
USUAL = Limits()


def wishes(*texts: str) -> tuple[Wish, ...]:
    return tuple(Wish(text=text, file="requirements.txt", line=at) for at, text in enumerate(texts, 1))


def explained(index: SmallIndex, *asked: Wish, limits: Limits = USUAL) -> Explanation:
    return explain(Problem(wishes=asked, target=TARGET), index, index, limits=limits)


def texts(conflict: Conflict) -> set[str]:
    return {wish.text for wish in conflict.wishes}


def chains(conflict: Conflict) -> list[list[tuple[str, str]]]:
    return [[(one.asker, one.wanted) for one in chain.demands] for chain in conflict.chains]


FRAMES = SmallIndex(
    {
        "pandas": {"1.4.0": ["numpy<1.25"], "1.5.0": ["numpy<1.26"], "2.0.0": ["numpy>=1.26"]},
        "web": {"2.31": ["http>=1.21.1,<3"], "2.15": []},
        "http": {"1.20": [], "1.21": [], "1.21.1": [], "1.26": [], "2.0": []},
        "numpy": {"1.24.4": [], "1.25.2": [], "1.26.4": []},
    }
)


def test_what_can_be_met_is_met_by_one_solve() -> None:
    index = SmallIndex(FRAMES.packages)
    found = explained(index, *wishes("pandas==1.4.0", "numpy"))
    assert (found.is_met, found.conflicts, found.relaxations, found.solves) == (True, (), (), 1)
    assert {"numpy==1.24.4", "pandas==1.4.0"} <= set(found.solution)
    assert len(index.asked) == 1


def test_both_conflicts_are_told_each_with_its_chain_and_its_sentence() -> None:
    found = explained(FRAMES, *wishes("pandas==1.4.0", "numpy>=1.25", "web==2.31", "http==1.20"))
    assert not found.is_met
    assert found.is_complete
    numpy, http = sorted(found.conflicts, key=lambda one: one.contested, reverse=True)
    assert texts(numpy) == {"pandas==1.4.0", "numpy>=1.25"}
    assert texts(http) == {"web==2.31", "http==1.20"}
    assert (numpy.contested, numpy.layer) == ("numpy", "packages")
    assert numpy.sentence == "pandas 1.4.0 asks for numpy<1.25, but you ask for numpy>=1.25."
    assert chains(numpy) == [
        [("you", "pandas==1.4.0"), ("pandas 1.4.0", "numpy<1.25")],
        [("you", "numpy>=1.25")],
    ]
    assert [{edit.replacement for edit in one.edits} for one in found.relaxations] == [
        {"pandas==1.5.0", "http==1.21.1"},
        {"numpy>=1.24.4", "http==1.21.1"},
        {"pandas==1.5.0", "web==2.15"},
        {"numpy>=1.24.4", "web==2.15"},
    ]
    assert found.solves == len(set(FRAMES.asked))


def test_what_is_installed_is_a_fact_that_a_conflict_names_and_no_edit_touches() -> None:
    fact = Wish(text="numpy==1.25.2", is_fixed=True, is_constraint=True)
    beside = Wish(text="http==2.0", is_fixed=True, is_constraint=True)
    found = explained(FRAMES, *wishes("pandas==1.4.0", "web"), beside, fact)
    (conflict,) = found.conflicts
    assert texts(conflict) == {"pandas==1.4.0", "numpy==1.25.2"}
    assert conflict.sentence == "pandas 1.4.0 asks for numpy<1.25, but the environment holds numpy 1.25.2."
    assert chains(conflict)[1] == [("the environment", "numpy==1.25.2")]
    (relaxation,) = found.relaxations
    assert [(edit.wish.text, edit.replacement) for edit in relaxation.edits] == [
        ("pandas==1.4.0", "pandas==1.5.0")
    ]
    assert "numpy==1.25.2" in relaxation.solution


def test_an_installation_that_does_not_hold_together_only_narrows() -> None:
    facts = [Wish(text=text, is_fixed=True) for text in ("pandas==1.4.0", "numpy==1.26.4")]
    found = explained(FRAMES, *wishes("web==2.31", "http==1.20"), *facts)
    assert [texts(one) for one in found.conflicts] == [{"web==2.31", "http==1.20"}]


def test_a_demand_far_down_is_told_step_by_step() -> None:
    index = SmallIndex(
        {
            "train": {"1.0": ["board>=2"]},
            "board": {"2.0": ["web"], "2.1": ["web"]},
            "web": {"3.0": ["http>=2"]},
            "http": {"1.0": [], "2.0": []},
        }
    )
    (conflict,) = explained(index, *wishes("train", "http<2")).conflicts
    assert chains(conflict) == [
        [("you", "train"), ("train 1.0", "board>=2"), ("board 2.1", "web"), ("web 3.0", "http>=2")],
        [("you", "http<2")],
    ]
    assert conflict.sentence == "web 3.0, which comes with train, asks for http>=2, but you ask for http<2."


@pytest.mark.parametrize(
    ("text", "layer", "sentence", "replacement"),
    [
        ("nothing", "index", "You ask for nothing, but the index has no package of that name.", ""),
        (
            "http==9",
            "index",
            "You ask for http==9, but the index has no such release of it: its newest is 2.0.",
            "http==2.0",
        ),
        (
            "http==1.20+cu118",
            "accelerator",
            "You ask for http==1.20+cu118, but the index has http 1.20 without its build cu118.",
            "http==1.20",
        ),
    ],
)
def test_a_wish_that_nothing_meets_is_a_conflict_by_itself(
    text: str, layer: str, sentence: str, replacement: str
) -> None:
    found = explained(FRAMES, *wishes(text, "numpy"))
    (conflict,) = found.conflicts
    assert (texts(conflict), conflict.layer, conflict.sentence) == ({text}, layer, sentence)
    assert [edit.replacement for one in found.relaxations for edit in one.edits] == [replacement]


def test_what_the_target_cannot_have_names_the_layer_and_what_the_target_is() -> None:
    refusal = Refusal(layer="os", why="glibc 2.28", offered="glibc 2.17")
    index = SmallIndex({"torch": {"2.6": [], "2.9": []}}, refusals={("torch", "2.9"): refusal})
    found = explained(index, *wishes("torch>=2.9"))
    (conflict,) = found.conflicts
    assert (conflict.contested, conflict.layer) == ("glibc", "os")
    assert chains(conflict) == [
        [("you", "torch>=2.9"), ("torch 2.9", "glibc 2.28")],
        [("the target", "glibc 2.17")],
    ]
    assert conflict.sentence == (
        "You ask for torch>=2.9, but torch 2.9 asks for glibc 2.28, and the target has glibc 2.17."
    )
    assert found.relaxations[0].edits[0].replacement == "torch>=2.6"


def test_a_wish_written_twice_is_changed_in_both_places() -> None:
    twice = (
        Wish(text="numpy>=1.25", file="a.txt", line=1),
        Wish(text="numpy>=1.25", file="b.txt", line=1),
        *wishes("pandas==1.4.0"),
    )
    found = explained(FRAMES, *twice)
    assert len(found.conflicts) == 1
    lowered = next(one for one in found.relaxations if len(one.edits) == 2)
    assert {edit.wish.file for edit in lowered.edits} == {"a.txt", "b.txt"}
    assert {edit.replacement for edit in lowered.edits} == {"numpy>=1.24.4"}


def test_a_limit_on_solves_is_owned_up_to() -> None:
    found = explained(
        SmallIndex(FRAMES.packages),
        *wishes("pandas==1.4.0", "numpy>=1.25", "web==2.31", "http==1.20"),
        limits=Limits(solves=5),
    )
    assert not found.is_met
    assert not found.is_complete


@pytest.mark.parametrize("solves", range(1, 12))
def test_whatever_the_limit_what_is_told_is_true(solves: int) -> None:
    fact = Wish(text="numpy==1.25.2", is_fixed=True, is_constraint=True)
    asked = wishes("pandas==1.4.0", "web==2.31", "http==1.20")
    found = explained(SmallIndex(FRAMES.packages), *asked, fact, limits=Limits(solves=solves))
    assert not found.is_met
    true = [{"pandas==1.4.0", "numpy==1.25.2"}, {"web==2.31", "http==1.20"}]
    assert all(texts(one) in true for one in found.conflicts)
    assert not found.is_complete or len(found.conflicts) == 2


def test_a_prerelease_that_a_solver_falls_back_on_is_no_way_out() -> None:
    index = SmallIndex(
        {"flow": {"2.12": ["numpy<1.25"], "2.13rc1": [], "2.14": ["numpy>=2"]}, "numpy": {"1.26": []}}
    )
    found = explained(index, *wishes("flow==2.14", "numpy"))
    assert {edit.replacement for one in found.relaxations for edit in one.edits} == {""}


def test_a_solver_that_could_not_be_asked_is_never_a_conflict() -> None:
    class Silent(SmallIndex):
        def solve(self, wishes: Sequence[Wish]) -> Answer:
            raise OutsideError(f"the index is down, so that {len(wishes)} wishes are not solved")

    with pytest.raises(OutsideError, match="the index is down"):
        explained(Silent(FRAMES.packages), *wishes("numpy"))


versions = st.sampled_from(["1.0", "1.1", "2.0", "3.0"])
specifiers = st.one_of(
    st.just(""), st.builds("{}{}".format, st.sampled_from(["==", ">=", "<=", "<", "!="]), versions)
)


@st.composite
def indexes(draw: st.DrawFn) -> SmallIndex:
    names = ["a", "b", "c"]
    packages = {}
    for at, name in enumerate(names):
        some = draw(st.lists(versions, min_size=1, max_size=3, unique=True))
        needs = st.lists(
            st.builds("{}{}".format, st.sampled_from(names[at + 1 :] or ["c"]), specifiers), max_size=2
        )
        packages[name] = {version: draw(needs) if at < 2 else [] for version in some}
    return SmallIndex(packages)


@settings(max_examples=60)
@given(
    indexes(), st.lists(st.builds("{}{}".format, st.sampled_from("abc"), specifiers), min_size=1, max_size=5)
)
def test_conflicts_are_all_the_minimal_ones_and_relaxations_hold(index: SmallIndex, asked: list[str]) -> None:
    distinct = list(dict.fromkeys(asked))
    found = explained(index, *wishes(*distinct))
    unmet = [
        frozenset(one)
        for count in range(1, len(distinct) + 1)
        for one in itertools.combinations(distinct, count)
        if not index.solve(wishes(*one)).is_met
    ]
    expected = {one for one in unmet if not any(other < one for other in unmet)}
    assert {frozenset(texts(one)) for one in found.conflicts} == expected
    assert found.is_met == (not expected)
    for relaxation in found.relaxations:
        replaced = {edit.wish.text: edit.replacement for edit in relaxation.edits}
        remaining = [replaced.get(text, text) for text in distinct]
        assert index.solve(wishes(*filter(None, remaining))).is_met
        assert set(replaced) & {text for one in expected for text in one} == set(replaced)
    for conflict in found.conflicts:
        assert conflict.sentence.endswith(".")
        assert all(isinstance(one, Demand) for chain in conflict.chains for one in chain.demands)


@settings(max_examples=60)
@given(
    st.lists(st.integers(0, 30), min_size=2, max_size=20, unique=True),
    st.integers(0, 30),
    st.integers(0, 30),
)
def test_a_moved_pin_is_the_nearest_that_a_solve_allows(there: list[int], pinned: int, needed: int) -> None:
    index = SmallIndex({"base": {f"1.{one}": [] for one in there}, "top": {"1": [f"base>=1.{needed}"]}})
    found = explained(index, *wishes(f"base==1.{pinned}", "top"))
    fits = [one for one in there if one >= needed]
    if pinned in fits:
        assert found.is_met
        return
    moved = [edit.replacement for one in found.relaxations for edit in one.edits if edit.wish.text != "top"]
    if fits:
        # A step back counts five times a step on; two may be equally far.
        distances = {f"base==1.{one}": one - pinned if one > pinned else 5 * (pinned - one) for one in fits}
        assert distances[moved[0]] == min(distances.values())
