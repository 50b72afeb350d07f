"""Model files for the tests of rules about them."""

from samestack.model import Component, Ecosystem, Layer, Value


def model(name: str, **facts: Value) -> Component:
    """A model file with the facts that its content tells."""
    return Component(layer=Layer.MODELS, ecosystem=Ecosystem.GENERIC, name=name, facts=facts)
