"""One field of a class, whatever the class is made with."""

from __future__ import annotations

from typing import Any, NamedTuple


class Field(NamedTuple):
    """A field as its class declares it."""

    attribute: str
    names: tuple[tuple[str, ...], ...]
    """The keys that it is read by, each as a path."""
    path: tuple[str, ...]
    """The keys that the class is given it under."""
    annotation: Any
    said: tuple[Any, ...] = ()
    """What stands beside its type: its bounds."""
    is_required: bool = True
    default: Any = None
    """The object that is its default, if there is one."""
    keeps_text: bool = False
    """Whether the class reads a text of it by itself, though it is a list or a map."""
    is_strict: bool = False
    """Whether the class takes nothing but values of the very type."""
