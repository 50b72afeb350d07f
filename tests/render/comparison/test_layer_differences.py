"""The order in which every page shows a comparison."""

from hypothesis import given, settings

from samestack.compare.difference import Comparison, Relation
from samestack.model import Layer
from samestack.model.risk import Risk
from samestack.render.comparison.layer_differences import by_layer
from tests.render.comparisons import comparisons
from tests.render.samples import environment_and_wish, two_environments


@settings(max_examples=50)
@given(comparisons)
def test_every_difference_has_one_place(comparison: Comparison) -> None:
    placed = [one for layer in by_layer(comparison) for one in layer.all]
    assert len(placed) == len(comparison.differences)
    assert all(one in placed for one in comparison.differences)


def test_layers_are_in_order_and_the_worst_risk_is_first() -> None:
    layers = {one.layer: one for one in by_layer(two_environments())}
    assert list(layers) == sorted(layers, key=lambda layer: layer.rank)
    ranks = [one.risk.rank for one in layers[Layer.PACKAGES].listed]
    assert ranks == sorted(ranks)
    assert layers[Layer.PACKAGES].worst is Risk.BREAKS


def test_os_packages_of_no_known_role_are_set_aside() -> None:
    (system,) = (one for one in by_layer(two_environments()) if one.layer is Layer.SYSTEM)
    assert [one.change.name for one in system.minor] == ["adduser", "bash", "ubuntu-keyring"]
    assert [one.change.name for one in system.listed] == ["libjpeg-turbo8", "openblas"]
    assert len(system.differing) == 5


def test_what_agrees_or_is_unstated_is_no_difference() -> None:
    kernel, system, packages = by_layer(environment_and_wish())
    assert kernel.worst is None
    assert len(system.unstated_after) == 12
    assert not system.unstated_before
    assert [one.relation for one in packages.undecided] == [Relation.UNDECIDED]
    assert [one.relation for one in packages.agreed] == [Relation.AGREES]
    assert packages.listed[-1].relation is Relation.UNDECIDED
