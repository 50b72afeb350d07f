"""The user's class: what it is made with, its variables, and an object of it."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

from samestack.config.startup.classes.shape import shape

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from samestack.config.startup.classes.field import Field
    from samestack.config.startup.variable import Failure, Shape


def shape_of(settings: type) -> Shape:
    """The variables of a class; ``TypeError`` for one that this package cannot make objects of."""
    _family(settings, refuse=True)
    return shape(settings, _fields_of)


def build(settings: type, document: Mapping[str, Any]) -> tuple[object, tuple[Failure, ...]]:
    """An object of the class, or what it does not take; nothing is raised, since that would show values."""
    family = _family(settings)
    if family.__name__.endswith(".dataclass"):
        made: tuple[object, tuple[Failure, ...]] = family.built(settings, document, build)
    else:
        made = family.built(settings, document)
    return made


def _fields_of(settings: type) -> Iterable[Field]:
    fields: Iterable[Field] = _family(settings).fields_of(settings)
    return fields


def _family(settings: Any, *, refuse: bool = False) -> Any:  # noqa: ANN401 - a class of anybody's, and a module
    """The module that knows classes of this kind, imported when there is one."""
    if isinstance(settings, type):
        from samestack.config.startup.classes import pydantic_one, pydantic_two

        for family in (pydantic_two, pydantic_one):
            if family.is_model(settings):
                if refuse:
                    family.refuse_own_init(settings)
                return family
        if "dataclasses" in sys.modules:
            from samestack.config.startup.classes import dataclass

            if dataclass.is_model(settings):
                return dataclass
    named = getattr(settings, "__name__", type(settings).__name__)
    raise TypeError(f"{named} is no class of settings: a pydantic model or settings class, or a dataclass")
