"""What the search finds in worlds that are known through and through."""

from collections.abc import Iterable, Sequence
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samestack.verify.search.search import Found, is_whole, search
from samestack.verify.search.world import Failure, Past, Result, Selection
from tests.verify.search.small_world import Breakage, SmallWorld, counted


def constraints_of(found: Found) -> list[str]:
    return [one.requirement for one in found.mends]


def test_what_is_whole_is_built_once_and_left_alone() -> None:
    found = search(SmallWorld({"alpha": ["1.0"], "beta": counted(3)}))
    assert (constraints_of(found), len(found.builds), found.final) == ([], 1, found.base)
    assert is_whole(found, frozenset({"alpha"}))


def test_the_advice_of_a_finding_is_tried_first_and_proved() -> None:
    advised = Breakage(package="alpha", beside=("beta>=2",), remedies=(("beta<2",),))
    found = search(SmallWorld({"alpha": ["1.0"], "beta": counted(5)}, [advised]))
    assert constraints_of(found) == ["beta<2"]
    assert [one.result.failures != () for one in found.builds] == [True, False]
    assert found.builds[1].selection.versions["beta"] == "1.0"
    assert [one.package for one in found.mends[0].mended] == ["alpha"]
    assert found.mends[0].instead_of == "5.0"


def test_advice_that_cannot_be_had_gives_way_to_the_next() -> None:
    advised = Breakage(package="alpha", beside=("beta>=2",), remedies=(("alpha>=2",), ("beta<2",)))
    packages = {"alpha": counted(2), "beta": counted(5)}
    found = search(SmallWorld(packages, [advised], wishes=["alpha==1.0"]))
    assert (constraints_of(found), len(found.builds)) == (["beta<2"], 2)


def test_advice_to_install_what_nobody_asks_for_is_no_constraint() -> None:
    advised = Breakage(package="alpha", beside=(), remedies=(("gamma<2",),))
    found = search(SmallWorld({"alpha": ["1.0"], "beta": ["1.0"]}, [advised]))
    assert (constraints_of(found), len(found.builds)) == ([], 1)
    assert not is_whole(found, frozenset({"alpha"}))


def test_advice_that_does_not_help_is_dropped_and_the_date_tells() -> None:
    advised = Breakage(package="alpha", beside=("beta>=3",), remedies=(("gamma<2",),))
    packages = {"alpha": ["1.0"], "beta": counted(5), "gamma": counted(5)}
    assert constraints_of(search(SmallWorld(packages, [advised]))) == ["beta<3"]


def test_of_two_findings_with_one_cause_one_constraint_is_left() -> None:
    breakages = [
        Breakage(package="alpha", beside=("beta>=3",), remedies=(("beta<2",),)),
        Breakage(package="gamma", beside=("beta>=3",), remedies=(("beta<3",),)),
    ]
    found = search(SmallWorld({"alpha": ["1.0"], "beta": counted(5), "gamma": ["1.0"]}, breakages))
    assert constraints_of(found) == ["beta<3"]
    assert {one.package for one in found.mends[0].mended} == {"alpha", "gamma"}


def test_one_release_among_many_packages_is_found_and_the_constraint_is_as_wide_as_can_be() -> None:
    packages = {f"package-{number}": counted(20) for number in range(40)} | {"alpha": ["1.0"]}
    broken = Breakage(package="alpha", beside=("package-17>=14",), suspects=("package-17",))
    found = search(SmallWorld(packages, [broken]))
    assert constraints_of(found) == ["package-17<14"]
    assert found.final.selection.versions["package-17"] == "13.0"
    assert found.final.selection.versions["package-16"] == "20.0"
    assert len(found.builds) <= 8
    assert is_whole(found, frozenset(packages))


def test_a_suspect_that_is_innocent_costs_one_build() -> None:
    packages = {f"package-{number}": counted(2) for number in range(32)} | {"alpha": ["1.0"]}
    plain = search(SmallWorld(packages, [Breakage(package="alpha", beside=("package-9>=2",))]))
    misled = Breakage(package="alpha", beside=("package-9>=2",), suspects=("package-3",))
    assert constraints_of(search(SmallWorld(packages, [misled]))) == constraints_of(plain)
    assert len(search(SmallWorld(packages, [misled])).builds) <= len(plain.builds) + 1


def test_what_the_failing_package_requires_is_suspected_before_others() -> None:
    packages = {f"package-{number}": counted(2) for number in range(32)} | {"alpha": ["1.0"]}
    broken = [Breakage(package="alpha", beside=("package-9>=2",))]
    found = search(SmallWorld(packages, broken, requires={"alpha": ["package-9"]}))
    assert (constraints_of(found), len(found.builds)) == (["package-9<2"], 3)


def test_two_packages_that_break_it_each_are_both_held_back() -> None:
    packages = {name: counted(4) for name in ("beta", "gamma", "delta")} | {"alpha": ["1.0"]}
    broken = [
        Breakage(package="alpha", beside=("beta>=3",), cause="first"),
        Breakage(package="alpha", beside=("gamma>=2",), cause="second"),
    ]
    found = search(SmallWorld(packages, broken))
    assert constraints_of(found) == ["beta<3", "gamma<2"]
    assert [[one.cause for one in mend.mended] for mend in found.mends] == [["first"], ["second"]]


def test_of_two_that_break_it_only_together_one_is_held_back() -> None:
    packages = {name: counted(4) for name in ("beta", "gamma", "delta")} | {"alpha": ["1.0"]}
    found = search(SmallWorld(packages, [Breakage(package="alpha", beside=("beta>=3", "gamma>=2"))]))
    assert len(constraints_of(found)) == 1
    assert found.final.failures == ()


def test_an_error_behind_another_is_mended_too() -> None:
    breakages = [
        Breakage(package="alpha", beside=("beta>=2",), cause="first", remedies=(("beta<2",),)),
        Breakage(package="alpha", beside=("beta<2", "gamma>=3"), cause="behind it"),
    ]
    packages = {"alpha": ["1.0"], "beta": counted(3), "gamma": counted(4)}
    found = search(SmallWorld(packages, breakages))
    assert constraints_of(found) == ["beta<2", "gamma<3"]
    assert found.final.failures == ()


def test_what_fails_whatever_is_chosen_is_tried_once_in_the_past_and_told() -> None:
    packages = {"alpha": ["1.0"], "beta": counted(9), "gamma": counted(9)}
    found = search(SmallWorld(packages, [Breakage(package="gamma", beside=())]))
    assert (constraints_of(found), len(found.builds)) == ([], 2)
    assert [one.package for one in found.final.failures] == ["gamma"]
    assert is_whole(found, frozenset({"alpha"}))
    assert not is_whole(found, frozenset({"alpha", "gamma"}))


def test_what_the_host_lacks_is_looked_for_in_no_past() -> None:
    packages = {"alpha": ["1.0"], "beta": counted(9)}
    lacking = Breakage(package="alpha", beside=("beta>=4",), is_of_host=True)
    found = search(SmallWorld(packages, [lacking]))
    assert (constraints_of(found), len(found.builds)) == ([], 1)
    assert not is_whole(found, frozenset({"alpha"}))


def test_what_fails_whatever_is_chosen_does_not_hide_what_can_be_mended() -> None:
    packages = {"alpha": ["1.0"], "beta": counted(9), "gamma": counted(9)}
    breakages = [Breakage(package="gamma", beside=()), Breakage(package="alpha", beside=("beta>=4",))]
    found = search(SmallWorld(packages, breakages))
    assert constraints_of(found) == ["beta<4"]
    assert [one.package for one in found.final.failures] == ["gamma"]


def test_a_past_that_breaks_something_else_still_tells_what_to_hold_back() -> None:
    packages = {"alpha": ["1.0"], "beta": counted(8), "gamma": counted(8), "delta": ["1.0"]}
    breakages = [
        Breakage(package="alpha", beside=("beta>=5",), suspects=("beta",)),
        Breakage(package="delta", beside=("gamma<3",)),
    ]
    found = search(SmallWorld(packages, breakages))
    assert constraints_of(found) == ["beta<5"]
    assert found.final.failures == ()


def test_the_next_day_is_looked_at_where_the_first_one_is_no_better() -> None:
    packages = {"alpha": counted(1) * 9, "beta": counted(9)}
    broken = Breakage(package="alpha", beside=("beta>=4",))
    assert constraints_of(search(SmallWorld(packages, [broken], days=[6, 2]))) == ["beta<4"]


def test_packages_held_back_by_their_own_dates_tell_as_much_as_a_whole_day() -> None:
    class Aged(SmallWorld):
        def pasts(self, selection: Selection, failures: Sequence[Failure]) -> Iterable[Past]:
            assert {one.package for one in failures} == {"alpha"}
            assert selection.versions["beta"] == "9.0"
            return [Past(day=date(2020, 2, 2), why="alpha is of then", bounds={"beta": "2.0"})]

    packages = {"alpha": ["1.0"], "beta": counted(9), "gamma": counted(9)}
    found = search(Aged(packages, [Breakage(package="alpha", beside=("beta>=4",))]))
    assert constraints_of(found) == ["beta<4"]
    assert {one.selection.versions["gamma"] for one in found.builds} == {"9.0"}


def test_a_release_that_cannot_be_built_does_not_count_as_good() -> None:
    packages = {"alpha": ["1.0"], "beta": counted(9)}
    broken = Breakage(package="alpha", beside=("beta>=7",))
    found = search(SmallWorld(packages, [broken], unbuildable=["beta>4,<7"]))
    assert constraints_of(found) == ["beta<5"]


def test_where_the_builds_end_the_best_that_was_proved_counts() -> None:
    packages = {"alpha": ["1.0"], "beta": counted(60)}
    found = search(SmallWorld(packages, [Breakage(package="alpha", beside=("beta>=30",))]), most_builds=4)
    assert len(found.builds) == 4
    assert found.is_ended_early
    (constraint,) = constraints_of(found)
    assert constraint.startswith("beta<=")
    assert found.final.failures == ()


def test_where_the_builds_end_before_anything_is_better_nothing_is_constrained() -> None:
    packages = {"alpha": ["1.0"], "beta": counted(60)}
    found = search(SmallWorld(packages, [Breakage(package="alpha", beside=("beta>=30",))]), most_builds=1)
    assert (constraints_of(found), found.final, found.is_ended_early) == ([], found.base, True)


@st.composite
def single_breaks(draw: st.DrawFn) -> tuple[SmallWorld, str]:
    """A world in which one release of one package broke another one, and what has to be found."""
    count = draw(st.integers(1, 24))
    releases = draw(st.integers(2, 40))
    guilty = draw(st.integers(0, count - 1))
    first_bad = draw(st.integers(2, releases))
    suspects = draw(st.lists(st.integers(0, count - 1), max_size=2, unique=True))
    packages = {f"package-{number}": counted(releases) for number in range(count)} | {"alpha": ["1.0"]}
    broken = Breakage(
        package="alpha",
        beside=(f"package-{guilty}>={first_bad}",),
        suspects=tuple(f"package-{one}" for one in suspects),
    )
    return SmallWorld(packages, [broken]), f"package-{guilty}<{first_bad}"


@given(single_breaks())
def test_one_bad_release_is_always_found_within_the_builds(case: tuple[SmallWorld, str]) -> None:
    world, constraint = case
    found = search(world, most_builds=16)
    assert constraints_of(found) == [constraint]
    assert found.final.failures == ()
    assert not found.is_ended_early


@st.composite
def any_worlds(draw: st.DrawFn) -> SmallWorld:
    """Worlds without any order: what breaks may be mended, made worse, or not be buildable at all."""
    names = [f"package-{number}" for number in range(draw(st.integers(1, 5)))]
    packages = {name: counted(draw(st.integers(1, 5))) for name in names}
    bounds = st.builds(
        lambda name, sign, release: f"{name}{sign}{release}",
        st.sampled_from(names),
        st.sampled_from(["<", "<=", ">=", ">", "==", "!="]),
        st.integers(1, 5),
    )
    breakage = st.builds(
        Breakage,
        package=st.sampled_from(names),
        beside=st.lists(bounds, max_size=2).map(tuple),
        cause=st.sampled_from(["first", "second"]),
        remedies=st.lists(st.tuples(bounds), max_size=2).map(tuple),
        suspects=st.lists(st.sampled_from(names), max_size=2).map(tuple),
    )
    return SmallWorld(
        packages,
        draw(st.lists(breakage, max_size=5)),
        days=draw(st.lists(st.integers(0, 4), max_size=2)),
        unbuildable=draw(st.lists(bounds, max_size=1)),
    )


@given(any_worlds(), st.integers(1, 12))
def test_whatever_the_world_is_like_the_answer_is_proved_and_breaks_nothing(
    world: SmallWorld, most_builds: int
) -> None:
    found = search(world, most_builds)
    assert [one.selection for one in found.builds] == world.built
    assert len(found.builds) <= most_builds
    if not found.mends:
        assert found.final == found.base
        return
    # What it says was built, works as it says, and is really better than what was there before.
    requirements = constraints_of(found)
    assert world.decide(requirements, None) == found.final.selection
    assert found.final.selection in world.built
    assert found.final.packages <= found.base.packages
    assert found.final.causes != found.base.causes


@given(any_worlds())
def test_no_constraint_of_an_answer_is_needless(world: SmallWorld) -> None:
    found = search(world, most_builds=200)
    requirements = constraints_of(found)
    for left_out in requirements:
        rest = [one for one in requirements if one != left_out]
        selection = world.decide(rest, None)
        assert selection is not None
        result = result_of(world, selection)
        causes = {(one.package, one.cause) for one in result.failures}
        assert result.trouble or not causes <= found.final.causes


def result_of(world: SmallWorld, selection: Selection) -> Result:
    world.built.clear()
    return world.try_out(selection)


def test_a_base_that_cannot_be_decided_is_refused() -> None:
    with pytest.raises(ValueError, match="nothing meets"):
        search(SmallWorld({"alpha": ["1.0"]}, wishes=["alpha>2"]))
