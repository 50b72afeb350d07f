"""A comparison, layer by layer, in the order in which every page shows it."""

from collections import defaultdict

from msgspec import Struct

from samestack.compare.difference import Comparison, Difference, Relation
from samestack.model import Layer
from samestack.model.risk import Risk
from samestack.render.component_text import is_os_package

_LISTED = (Relation.DIFFERS, Relation.UNDECIDED)
_OF_NO_KNOWN_ROLE = (Risk.NONE, Risk.UNKNOWN)


class LayerDifferences(Struct, frozen=True, kw_only=True):
    """The changes of one layer, sorted by what a reader does with them."""

    layer: Layer
    listed: tuple[Difference, ...]
    """What differs or is undecided, the worst risk first."""
    minor: tuple[Difference, ...]
    """OS packages that differ and of which no effect on the program is known: counted, listed on demand."""
    agreed: tuple[Difference, ...]
    unstated_before: tuple[Difference, ...]
    """What only the environment after speaks of."""
    unstated_after: tuple[Difference, ...]

    @property
    def all(self) -> tuple[Difference, ...]:
        """Everything, in the order of the fields."""
        return (*self.listed, *self.minor, *self.agreed, *self.unstated_before, *self.unstated_after)

    @property
    def differing(self) -> tuple[Difference, ...]:
        """All that differs, the worst risk first."""
        return tuple(one for one in (*self.listed, *self.minor) if one.relation is Relation.DIFFERS)

    @property
    def undecided(self) -> tuple[Difference, ...]:
        """All of which it cannot be told whether it differs."""
        return tuple(one for one in self.listed if one.relation is Relation.UNDECIDED)

    @property
    def worst(self) -> Risk | None:
        """The gravest risk of what differs; ``None`` when nothing does."""
        return min((one.risk for one in self.differing), key=lambda risk: risk.rank, default=None)


def by_layer(comparison: Comparison) -> tuple[LayerDifferences, ...]:
    """The layers that the comparison has something to say of, the deepest first."""
    groups: dict[Layer, list[Difference]] = defaultdict(list)
    for difference in comparison.differences:
        groups[difference.layer].append(difference)
    return tuple(_of_layer(layer, groups[layer]) for layer in Layer if layer in groups)


def _of_layer(layer: Layer, differences: list[Difference]) -> LayerDifferences:
    ordered = sorted(differences, key=_gravity)
    unequal = [one for one in ordered if one.relation in _LISTED]
    unstated = [one for one in ordered if one.relation is Relation.UNSTATED]
    return LayerDifferences(
        layer=layer,
        listed=tuple(one for one in unequal if not _is_minor(one)),
        minor=tuple(one for one in unequal if _is_minor(one)),
        agreed=tuple(one for one in ordered if one.relation is Relation.AGREES),
        unstated_before=tuple(one for one in unstated if one.change.before is None),
        unstated_after=tuple(one for one in unstated if one.change.before is not None),
    )


def _gravity(difference: Difference) -> tuple[bool, int, str, str]:
    component = difference.change.component
    return (difference.relation is Relation.UNDECIDED, difference.risk.rank, component.name, component.at)


def _is_minor(difference: Difference) -> bool:
    is_harmless = difference.relation is Relation.DIFFERS and difference.risk in _OF_NO_KNOWN_ROLE
    return is_harmless and is_os_package(difference.change.component)
