"""How two sides of a change stand to each other, case by case."""

import pytest

from samestack.compare.difference import Relation
from samestack.compare.relation import relate
from samestack.model import Component, Ecosystem, Layer, Origin, Standing
from samestack.model.change import Change


def origin(standing: Standing, *complete: Layer) -> Origin:
    return Origin(
        reference="x", kind="x", standing=standing, complete=complete, captured_at="", captured_by=""
    )


WANTED = origin(Standing.WANTED)
LOCK = origin(Standing.DECIDED, Layer.PACKAGES)
VENV = origin(Standing.OBSERVED, *Layer)


def package(version: str | None = None, **more: object) -> Component:
    arguments = {"layer": Layer.PACKAGES, "ecosystem": Ecosystem.PYPI, "name": "numpy", "version": version}
    return Component(**{**arguments, **more})  # type: ignore[arg-type]


def conda(version: str | None = None, **more: object) -> Component:
    return package(version, ecosystem=Ecosystem.CONDA, **more)


@pytest.mark.parametrize(
    ("before", "after", "relation"),
    [
        (package("1.26.4"), package("2.0.0"), Relation.DIFFERS),
        (package("1.0"), package("1.0.0"), Relation.AGREES),
        (package("1.26.4"), conda("1.26.4", build="py310_0"), Relation.AGREES),
        (conda("1.26.4", build="py310_0"), conda("1.26.4", build="py310_1"), Relation.DIFFERS),
        (package("2.0.1+cu118"), package("2.0.1"), Relation.DIFFERS),
        (package("1.0", content="sha256:a"), package("1.0", content="sha256:b"), Relation.DIFFERS),
        (package("1.0", content="sha256:a"), package("1.0"), Relation.AGREES),
        (package("1.0", facts={"tags": ("a",)}), package("1.0", facts={"tags": ("b",)}), Relation.DIFFERS),
        (package("1.0", facts={"tags": ("a",)}), package("1.0", facts={"abi": "1.x"}), Relation.AGREES),
        (
            package("1.0", facts={"hashes": ("sha256:a", "sha256:b")}),
            package("1.0", facts={"hashes": ("sha256:b", "sha256:c")}),
            Relation.AGREES,
        ),
        (
            package("1.0", facts={"hashes": ("sha256:a",)}),
            package("1.0", facts={"hashes": ("sha256:b",)}),
            Relation.DIFFERS,
        ),
        (
            package("1.0", facts={"hashes": ("md5:a",)}),
            package("1.0", facts={"hashes": ("sha256:b",)}),
            Relation.AGREES,
        ),
        (
            package("1.0", circumstances={"installer": "pip"}),
            package("1.0", circumstances={"installer": "uv"}),
            Relation.AGREES,
        ),
    ],
)
def test_two_observed_components(before: Component, after: Component, relation: Relation) -> None:
    assert relate(Change(before, after), VENV, VENV) is relation
    assert relate(Change(after, before), VENV, VENV) is relation


@pytest.mark.parametrize(
    ("wish", "version", "relation"),
    [
        (package(requirement=">=1.21,<2"), "1.26.4", Relation.AGREES),
        (package(requirement=">=1.21,<2"), "2.0.0", Relation.DIFFERS),
        (package(requirement=">=2"), "2.1.0rc1", Relation.AGREES),
        (package(), "2.0.0", Relation.AGREES),
        (package("2.0.1"), "2.0.1+cu118", Relation.AGREES),
        (package("2.0.1+cu117"), "2.0.1+cu118", Relation.DIFFERS),
        (package(requirement="not a specifier"), "1.0", Relation.UNDECIDED),
        (package(requirement=">=1"), "git-main", Relation.UNDECIDED),
        (conda(requirement="=1.26"), "1.26.4", Relation.AGREES),
        (conda(requirement="=1.26"), "1.25.0", Relation.DIFFERS),
        (conda(requirement="1.26.*|2.*"), "1.26.4", Relation.UNDECIDED),
    ],
)
def test_a_wish_and_what_is_there(wish: Component, version: str, relation: Relation) -> None:
    assert relate(Change(wish, package(version)), WANTED, VENV) is relation
    assert relate(Change(package(version), wish), VENV, WANTED) is relation


def test_two_wishes_agree_only_when_they_say_the_same() -> None:
    same, other = package(requirement=">=1"), package(requirement=">=2")
    assert relate(Change(same, package(requirement=">=1", marker="x")), WANTED, WANTED) is Relation.AGREES
    assert relate(Change(same, other), WANTED, WANTED) is Relation.DIFFERS


@pytest.mark.parametrize(
    ("range_wish", "relation"),
    [(">=1.21,<2", Relation.AGREES), (">=2", Relation.DIFFERS), ("???", Relation.UNDECIDED)],
)
def test_a_wish_for_one_release_is_held_against_a_range(range_wish: str, relation: Relation) -> None:
    single, ranged = conda(requirement="=1.26.4"), package(requirement=range_wish)
    assert relate(Change(single, ranged), WANTED, WANTED) is relation
    assert relate(Change(ranged, single), WANTED, WANTED) is relation


def test_what_a_complete_environment_does_not_name_is_not_there() -> None:
    assert relate(Change(package("1.0"), None), LOCK, VENV) is Relation.DIFFERS
    assert relate(Change(None, package("1.0")), LOCK, VENV) is Relation.DIFFERS


def test_what_an_incomplete_environment_does_not_name_is_open() -> None:
    assert relate(Change(None, package("1.0")), WANTED, VENV) is Relation.UNSTATED
    kernel = Component(layer=Layer.KERNEL, ecosystem=Ecosystem.GENERIC, name="linux", version="6.1")
    assert relate(Change(None, kernel), LOCK, VENV) is Relation.UNSTATED


def test_the_project_itself_is_no_part_of_its_lock() -> None:
    own = package("0.1", circumstances={"editable": "src/own"})
    assert relate(Change(None, own), LOCK, VENV) is Relation.UNSTATED
    assert relate(Change(None, own), VENV, VENV) is Relation.DIFFERS


@pytest.mark.parametrize("circumstances", [{"group": "docs"}, {"constraint": True}])
def test_what_is_optional_may_be_missing(circumstances: dict[str, str | bool]) -> None:
    optional = package("1.0", circumstances=circumstances)
    assert relate(Change(optional, None), WANTED, VENV) is Relation.UNSTATED
