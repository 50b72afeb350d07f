"""The user's class: what it is made with, its variables, and an object of it."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

from samestack.config.startup.classes.shape import Family, shape

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from samestack.config.startup.variable import Failure, Shape


def shape_of(settings: type) -> Shape:
    """The variables of a class; ``TypeError`` for one that this package cannot make objects of."""
    _family(settings, refuse=True)
    return shape(settings, _known)


def build(settings: type, document: Mapping[str, Any]) -> tuple[object, tuple[Failure, ...]]:
    """An object of the class, or what it does not take; nothing is raised, since that would show values."""
    family = _family(settings)
    if family.__name__.endswith(".dataclass"):
        made: tuple[object, tuple[Failure, ...]] = family.built(settings, document, build)
    else:
        made = family.built(settings, document)
    return made


def _known(settings: type) -> Family:
    known: Family = _family(settings).FAMILY
    return known


def _family(settings: Any, *, refuse: bool = False) -> Any:  # noqa: ANN401 - a class of anybody's, and a module
    """The module that knows classes of this kind, imported when there is one."""
    for family in _families() if isinstance(settings, type) else ():
        if family.is_model(settings):
            if refuse:
                family.refuse_own_init(settings)
            return family
    named = getattr(settings, "__name__", type(settings).__name__)
    raise TypeError(f"{named} is no class of settings: a pydantic model or settings class, or a dataclass")


def _families() -> Iterator[Any]:
    """Those of the libraries that the program has imported: others made no class of it."""
    if "pydantic" in sys.modules:
        from samestack.config.startup.classes import pydantic_one, pydantic_two

        yield from (pydantic_two, pydantic_one)
    if "dataclasses" in sys.modules:
        from samestack.config.startup.classes import dataclass

        yield dataclass
