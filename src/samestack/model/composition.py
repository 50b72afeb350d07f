"""Stack, host and configuration: three compositions of components, one shape."""

from collections.abc import Iterable, Iterator
from itertools import islice
from operator import itemgetter, lt
from typing import ClassVar, Self

import msgspec
from msgspec import Struct

from samestack.model.component import Component
from samestack.model.layer import CONFIGURATION_LAYERS, HOST_LAYERS, STACK_LAYERS, Layer
from samestack.sha256 import sha256_hex

DIGEST_FORM = b"samestack.stack/1\n"


def canonical(component: Component) -> bytes:
    """The bytes of a component in which equal components are equal."""
    return msgspec.json.encode(component, order="sorted")


def _place(component: Component) -> tuple[int, str, str, str]:
    return (component.layer.rank, component.ecosystem, component.name, component.at)


def sorted_components(components: Iterable[Component]) -> tuple[Component, ...]:
    """Components in canonical order: by layer, ecosystem, name and place, then by all that is said."""
    given = tuple(components)
    places = [_place(component) for component in given]
    if all(map(lt, places, islice(places, 1, None))):
        return given
    placed = list(zip(places, given, strict=True))
    if len(set(places)) == len(places):
        placed.sort(key=itemgetter(0))
    else:
        placed.sort(key=lambda one: (one[0], canonical(one[1])))
    return tuple(component for _, component in placed)


class Composition(Struct, frozen=True):
    """Components of some layers in canonical order, so that equal compositions are equal values.

    However it is made, it sorts: there is no other form. One of a layer that does not belong is a
    ``ValueError``.
    """

    components: tuple[Component, ...] = ()

    layers: ClassVar[tuple[Layer, ...]] = tuple(Layer)

    def __post_init__(self) -> None:
        for component in self.components:
            if component.layer not in self.layers:
                raise ValueError(f"a {type(self).__name__.lower()} has no layer '{component.layer}'")
        msgspec.structs.force_setattr(self, "components", sorted_components(self.components))

    @classmethod
    def of(cls, components: Iterable[Component]) -> Self:
        """The composition of those components that belong to its layers; the others are left out."""
        return cls(tuple(component for component in components if component.layer in cls.layers))

    def __iter__(self) -> Iterator[Component]:
        return iter(self.components)

    def __len__(self) -> int:
        return len(self.components)

    def layer(self, layer: Layer) -> tuple[Component, ...]:
        """The components of one layer, in order."""
        return tuple(component for component in self.components if component.layer is layer)


class Stack(Composition, frozen=True):
    """What can be carried from one host to another: os, system, accelerator, python, packages, models."""

    layers: ClassVar[tuple[Layer, ...]] = STACK_LAYERS

    @property
    def digest(self) -> str:
        """``sha256:`` over what every component is: not over facts that follow, nor circumstances."""
        lines = sorted(canonical(msgspec.structs.replace(c, facts={}, circumstances={})) for c in self)
        return "sha256:" + sha256_hex(DIGEST_FORM, *(line + b"\n" for line in lines))


class Host(Composition, frozen=True):
    """What a stack runs on: hardware, driver, kernel."""

    layers: ClassVar[tuple[Layer, ...]] = HOST_LAYERS


class Configuration(Composition, frozen=True):
    """What may differ between environments of one stack; a component's version is the variable's value."""

    layers: ClassVar[tuple[Layer, ...]] = CONFIGURATION_LAYERS
