"""One field of a class, whichever pydantic it is of."""

from __future__ import annotations

from typing import Any, NamedTuple


class Nothing:
    """Where there is no default: null is one."""


NOTHING = Nothing()


class Declared(NamedTuple):
    """A field as its class declares it."""

    attribute: str
    names: list[tuple[str, ...]]
    """What it is read by, each as a path of keys, prefix included."""
    path: tuple[str, ...]
    """The keys under which the class is given it."""
    schema: dict[str, Any]
    """Its JSON Schema, as pydantic has it."""
    is_required: bool
    default: Any
    """The object, or :data:`NOTHING`."""
    is_secret: bool
    nested: Any = None
    """The class of settings that it is one of, where it is."""
    is_optional: bool = False
    """Whether it may be null."""
    makes_nested: bool = False
    """Whether an object of that class is made where there is no value."""
    description: str = ""
