"""A model file as rules want to look at it: what its content says (facts of layer models)."""

from collections.abc import Iterator

from samestack.check.listed_texts import texts
from samestack.model import Component


def written_with(model: Component, library: str) -> tuple[str, ...]:
    """The versions of a library that a model notes of its writer: ``("1.0.2",)``."""
    pairs = (text.rpartition(" ") for text in texts(model.facts, "written_with"))
    return tuple(version for name, _, version in pairs if name == library)


def numbered(model: Component, fact: str) -> Iterator[tuple[str, int]]:
    """A fact that lists names with a number: ``ai.onnx 17``."""
    for text in texts(model.facts, fact):
        name, _, number = text.rpartition(" ")
        if number.isdecimal():
            yield name, int(number)
