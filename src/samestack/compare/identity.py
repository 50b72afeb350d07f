"""Which component of one environment is which of another, across ecosystems and places."""

from collections.abc import Hashable

from samestack.compare.changes import Identity
from samestack.knowledge.python_names import pypi_name
from samestack.model import Component, Ecosystem, Layer, Stack

_PYTHON_LAYERS = (Layer.PYTHON, Layer.PACKAGES)


def identity_in(stack: Stack) -> Identity:
    """How the components of a stack are told apart when it is held against another one.

    A Python package is the same thing whether an index or a conda channel carries it, under whatever name.
    Where an environment has one Python only, that Python's place does not matter.
    """
    places = {component.at for component in stack if component.layer in _PYTHON_LAYERS}
    is_alone = len(places) <= 1

    def identity(component: Component) -> Hashable:
        if component.layer not in _PYTHON_LAYERS:
            return component.key
        return (component.layer, _shared_name(component), "" if is_alone else component.at)

    return identity


def _shared_name(component: Component) -> str:
    if component.ecosystem is Ecosystem.CONDA and component.layer is Layer.PACKAGES:
        return pypi_name(component.name).name
    return component.name
