from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samestack.errors import RequestError
from samestack.image.debian.package import Package
from samestack.image.debian.relations import clauses
from samestack.image.debian.resolving import MERGED, Catalogue, resolve


def package(name: str, version: str = "1.0", **more: object) -> Package:
    known = {"architecture": "amd64", "file": f"pool/{name}.deb", "size": 1, "sha256": "0" * 64}
    return Package(name=name, version=version, suite="bookworm", **{**known, **more})  # type: ignore[arg-type]


def taken(packages: Sequence[Package], *requested: str) -> list[str]:
    return [f"{one.name}={one.version}" for one in resolve(Catalogue.of(packages), requested)]


def test_all_that_is_needed_is_taken_and_nothing_else() -> None:
    packages = [
        package("a", depends="b (>= 1.0)", pre_depends="c"),
        package("b"),
        package("c"),
        package("unneeded"),
        package("base", is_essential=True),
    ]
    assert taken(packages, "a") == ["a=1.0", "b=1.0", "base=1.0", "c=1.0"]


def test_the_newest_version_of_all_suites_is_taken() -> None:
    assert taken([package("a", "1.0"), package("a", "1.0+deb12u2"), package("a", "1.0~x")], "a") == [
        "a=1.0+deb12u2"
    ]


def test_the_first_alternative_is_taken_unless_another_is_there_already() -> None:
    packages = [package("a", depends="x | y"), package("x"), package("y")]
    assert taken(packages, "a") == ["a=1.0", "x=1.0"]
    assert taken(packages, "a", "y") == ["a=1.0", "y=1.0"]


def test_the_most_usual_provider_is_taken() -> None:
    packages = [
        package("a", depends="awk"),
        package("gawk", provides="awk"),
        package("mawk", provides="awk", priority="required"),
    ]
    assert taken(packages, "a") == ["a=1.0", "mawk=1.0"]
    assert taken(packages, "a", "gawk") == ["a=1.0", "gawk=1.0"]


def test_what_is_provided_without_a_version_meets_no_wish_for_one() -> None:
    packages = [
        package("a", depends="v (>= 2)"),
        package("b", provides="v"),
        package("c", provides="v (= 2.1)"),
    ]
    assert taken(packages, "a") == ["a=1.0", "c=1.0"]


def test_an_alternative_that_excludes_what_is_taken_is_passed_over() -> None:
    packages = [
        package("a", depends="x | y"),
        package("base", is_essential=True, conflicts="x"),
        package("x"),
        package("y"),
    ]
    assert taken(packages, "a") == ["a=1.0", "base=1.0", "y=1.0"]


def test_a_conflict_is_said_in_one_line_with_its_reasons() -> None:
    packages = [package("a", depends="b"), package("b", breaks="c (<< 2)"), package("c", "1.5")]
    with pytest.raises(RequestError) as caught:
        taken(packages, "a", "c")
    assert caught.value.message == (
        "b 1.0 and c 1.5 cannot stand in one base (b which is needed by a; c is asked for)"
    )


def test_a_package_that_conflicts_with_what_it_provides_stands_alone() -> None:
    packages = [package("a", conflicts="mta", provides="mta"), package("b", conflicts="mta", provides="mta")]
    assert taken(packages, "a") == ["a=1.0"]
    with pytest.raises(RequestError, match=r"a 1\.0 and b 1\.0"):
        taken(packages, "a", "b")


def test_what_nothing_meets_is_said() -> None:
    with pytest.raises(RequestError, match=r"a 1\.0 needs b \(>= 2\) \| c, which no suite here has"):
        taken([package("a", depends="b (>= 2) | c"), package("b")], "a")


def test_a_name_that_is_near_is_proposed() -> None:
    with pytest.raises(RequestError, match=r"there is no Debian package 'libgl-1'") as caught:
        taken([package("libgl1")], "libgl-1")
    assert caught.value.hint == "did you mean 'libgl1'?"


def test_directories_are_merged_without_the_program_that_merges_them() -> None:
    packages = [package(MERGED), package("usrmerge", depends="perl"), package("perl")]
    packages.append(package("init", is_essential=True, depends=f"usrmerge | {MERGED}"))
    assert taken(packages) == ["init=1.0", f"{MERGED}=1.0"]


NAMES = [f"p{number}" for number in range(8)]


@st.composite
def worlds(draw: st.DrawFn) -> list[Package]:
    """Packages that need each other, and virtual ones, in any way."""
    clause = st.lists(st.sampled_from([*NAMES, "v0", "v1"]), min_size=1, max_size=3).map(" | ".join)
    depends = st.lists(clause, max_size=3).map(", ".join)
    provides = st.lists(st.sampled_from(["v0", "v1"]), max_size=1).map(", ".join)
    return [package(name, depends=draw(depends), provides=draw(provides)) for name in NAMES]


@given(worlds(), st.sets(st.sampled_from(NAMES), max_size=3), st.randoms(use_true_random=False))
def test_everything_taken_is_satisfied_whatever_the_order_of_the_index(
    world: list[Package], requested: set[str], random: object
) -> None:
    catalogue = Catalogue.of(world)
    try:
        chosen = resolve(catalogue, sorted(requested))
    except RequestError:  # a virtual package that nobody provides
        return
    names = {one.name for one in chosen}
    assert requested <= names
    for one in chosen:
        for clause in clauses(one.depends):
            assert any(met.name in names for relation in clause for met in catalogue.meeting(relation))
    shuffled = list(world)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert resolve(Catalogue.of(shuffled), sorted(requested, reverse=True)) == chosen
