"""Two snapshots become one judged comparison."""

from hypothesis import given

from samestack.compare.difference import Relation
from samestack.compare.judge import judge
from samestack.model import (
    Component,
    Configuration,
    Ecosystem,
    Host,
    Layer,
    Origin,
    Snapshot,
    Stack,
    Standing,
)
from samestack.model.risk import Risk
from tests.strategies import snapshots


def snapshot(*components: Component, standing: Standing = Standing.OBSERVED) -> Snapshot:
    complete = () if standing is Standing.WANTED else tuple(Layer)
    return Snapshot(
        origin=Origin(
            reference="x", kind="x", standing=standing, complete=complete, captured_at="", captured_by=""
        ),
        stack=Stack.of(components),
        host=Host.of(components),
        configuration=Configuration.of(components),
    )


def package(name: str, version: str | None, **more: object) -> Component:
    arguments = {"layer": Layer.PACKAGES, "ecosystem": Ecosystem.PYPI, "name": name, "version": version}
    return Component(**{**arguments, **more})  # type: ignore[arg-type]


def python(version: str, at: str = "") -> Component:
    return Component(layer=Layer.PYTHON, ecosystem=Ecosystem.GENERIC, name="python", version=version, at=at)


@given(snapshots)
def test_nothing_differs_from_itself(one: Snapshot) -> None:
    assert judge(one, one).differences == ()
    assert judge(one, one).is_equal


@given(snapshots, snapshots)
def test_any_two_snapshots_can_be_judged(one: Snapshot, other: Snapshot) -> None:
    there, back = judge(one, other), judge(other, one)
    assert there.is_equal == back.is_equal
    assert len(there.differences) == len(back.differences)


def test_layers_come_from_the_deepest_up_and_bear_a_risk() -> None:
    before = snapshot(python("3.8.18"), package("numpy", "1.26.4"))
    after = snapshot(python("3.10.13"), package("numpy", "2.0.2"))
    comparison = judge(before, after)
    assert [one.layer for one in comparison.differences] == [Layer.PYTHON, Layer.PACKAGES]
    numpy = comparison.differences[1]
    assert (numpy.relation, numpy.risk) == (Relation.DIFFERS, Risk.BREAKS)
    assert all(reason.text for one in comparison.differences for reason in one.reasons)


def test_a_package_is_the_same_under_its_conda_name() -> None:
    wheel = snapshot(package("torch", "2.1.0"))
    conda = snapshot(package("pytorch", "2.1.0", ecosystem=Ecosystem.CONDA, build="py310_cpu"))
    assert judge(wheel, conda).is_equal


def test_a_conda_package_is_the_same_in_whatever_layer_it_was_taken_to_be() -> None:
    named = package("openssl", "3.4.0", ecosystem=Ecosystem.CONDA)
    installed = package("openssl", "3.4.0", ecosystem=Ecosystem.CONDA, layer=Layer.SYSTEM)
    assert judge(snapshot(named), snapshot(installed)).is_equal


def test_the_place_of_the_only_python_does_not_matter() -> None:
    venv = snapshot(python("3.11.2"), package("numpy", "1.24.2"))
    root = snapshot(python("3.11.2", at="/usr"), package("numpy", "1.24.2", at="/usr"))
    assert judge(venv, root).is_equal


def test_the_places_of_several_pythons_matter() -> None:
    one = snapshot(package("numpy", "1.24.2", at="/usr"), package("numpy", "2.0.0", at="/opt"))
    other = snapshot(package("numpy", "1.24.2", at="/opt"), package("numpy", "2.0.0", at="/usr"))
    assert len(judge(one, other).related(Relation.DIFFERS)) == 2


def test_a_universal_lock_is_read_for_the_python_of_the_other_side() -> None:
    lock = snapshot(
        package("numpy", "1.24.4", marker="python_version < '3.9'"),
        package("numpy", "2.0.2", marker="python_version >= '3.9'"),
        package("colorama", "0.4.6", marker="sys_platform == 'win32'"),
        standing=Standing.DECIDED,
    )
    venv = snapshot(python("3.8.18"), package("numpy", "1.24.4"))
    differing = judge(lock, venv).related(Relation.DIFFERS)
    assert [one.change.name for one in differing] == ["python"]


def test_an_undecided_requirement_is_not_called_equal() -> None:
    wish = snapshot(package("numpy", None, requirement="???"), standing=Standing.WANTED)
    comparison = judge(wish, snapshot(package("numpy", "1.0")))
    assert [one.relation for one in comparison.differences] == [Relation.UNDECIDED]
    assert not comparison.is_equal
