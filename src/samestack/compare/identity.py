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
        is_conda_package = component.ecosystem is Ecosystem.CONDA and component.layer is not Layer.PYTHON
        if component.layer not in _PYTHON_LAYERS and not is_conda_package:
            return component.key
        place = "" if is_alone else component.at
        if is_conda_package:
            # Where only its name is known, as in a file, a conda package's layer is a guess.
            return (Layer.PACKAGES, pypi_name(component.name).name, place)
        return (component.layer, component.name, place)

    return identity
