"""What differs between the two environments: each is a change that can be upgraded by itself."""

from collections.abc import Iterator, Mapping
from typing import Final

from samestack.behaviour.bisecting.side import Side, Sides
from samestack.behaviour.bisecting.trials.description import Package, TrialEnvironment
from samestack.model import Component, Ecosystem, Layer
from samestack.model.change import Change

PYTHON: Final = "Python"
"""The interpreter as a change; no package has a capital letter in its normalised name."""


def changes_of(sides: Sides) -> Mapping[str, Change]:
    """By name, each package that is another release or on one side only; the interpreter if it differs."""
    return dict(_changes(sides.good, sides.bad))


def _changes(good: Side, bad: Side) -> Iterator[tuple[str, Change]]:
    if good.python != bad.python:
        yield PYTHON, Change(_interpreter(good.python), _interpreter(bad.python))
    for name in sorted(good.packages.keys() | bad.packages.keys()):
        before, after = good.packages.get(name), bad.packages.get(name)
        if not _is_same(before, after):
            yield name, Change(good.components.get(name), bad.components.get(name))


def _is_same(before: Package | None, after: Package | None) -> bool:
    """Whether both are one release from one source: one side may know of more files."""
    if before is None or after is None:
        return before is after
    return (before.version, before.source) == (after.version, after.source)


def _interpreter(version: str) -> Component:
    return Component(layer=Layer.PYTHON, ecosystem=Ecosystem.GENERIC, name="python", version=version)


def hybrid(sides: Sides, upgraded: frozenset[str]) -> TrialEnvironment:
    """The good environment with some changes made: those packages, and the interpreter, are the bad one's."""
    packages = {**sides.good.packages}
    for name in upgraded - {PYTHON}:
        if name in sides.bad.packages:
            packages[name] = sides.bad.packages[name]
        else:
            packages.pop(name, None)
    side = sides.bad if PYTHON in upgraded else sides.good
    return TrialEnvironment(python=side.asked_python, packages=tuple(packages.values()))
