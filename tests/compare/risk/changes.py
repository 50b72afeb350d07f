"""Changes of single components, for the tests of what they can do."""

from samestack.compare.difference import Reason
from samestack.compare.risk import assess
from samestack.model import Component, Ecosystem, Layer, Value
from samestack.model.change import Change
from samestack.model.risk import Risk


def component(layer: Layer, name: str, version: str | None = None, **more: object) -> Component:
    arguments = {"layer": layer, "ecosystem": Ecosystem.GENERIC, "name": name, "version": version}
    return Component(**{**arguments, **more})  # type: ignore[arg-type]


def package(name: str, version: str | None = None, **more: object) -> Component:
    return component(Layer.PACKAGES, name, version, **{"ecosystem": Ecosystem.PYPI, **more})


def stepped(name: str, before: str, after: str) -> Change:
    return Change(package(name, before), package(name, after))


def with_facts(layer: Layer, name: str, version: str, **facts: Value) -> Component:
    return component(layer, name, version, facts=facts)


def risk_of(before: Component | None, after: Component | None) -> Risk:
    return assess(Change(before, after))[0]


def reasons_of(before: Component | None, after: Component | None) -> tuple[Reason, ...]:
    return assess(Change(before, after))[1]


def told(before: Component | None, after: Component | None) -> str:
    return " ".join(reason.text for reason in reasons_of(before, after))
