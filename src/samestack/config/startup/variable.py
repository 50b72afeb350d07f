"""The variables that a class has, and where in it each of them goes."""

from __future__ import annotations

from typing import Any, NamedTuple


class Variable(NamedTuple):
    """A value of a class, or of a class inside it."""

    names: tuple[str, ...]
    """The variable, and other names that the class takes it by."""
    path: tuple[str, ...]
    """The keys that lead to it in what the class is given."""
    annotation: Any
    """Its type as the class declares it, for us to convert texts by."""
    wanted: str
    """What it has to be, in words: ``an integer, at least 1``."""
    is_map: bool = False
    """Whether its value is a map of its own."""
    is_document: bool = False
    """Whether a text of it is JSON: lists, maps, and what is made of them."""
    may_be_text: bool = False
    """Whether a text of it that is no JSON is left as it is."""
    attributes: tuple[str, ...] = ()
    """The attributes that lead to it in an object of the class."""
    keys: tuple[str, ...] = ()
    """The keys that it has where it is a class that is no group: of other maps, keys are values."""
    is_strict: bool = False
    """Whether the class takes nothing but values of the very type, so that texts are converted for it."""

    @property
    def name(self) -> str:
        """``DATABASE__URL``."""
        return self.names[0]


class Group(NamedTuple):
    """A class inside the class, whose values are variables of their own."""

    name: str
    """What its variables begin with: ``DATABASE``."""
    path: tuple[str, ...]
    outer: tuple[str, ...]
    """The path of the class that it stands in."""
    attributes: tuple[str, ...]
    is_required: bool
    default: Any = None
    """The object that stands there where no source says anything of it, if there is one."""


class Shape(NamedTuple):
    """A class as this package sees it."""

    variables: tuple[Variable, ...]
    groups: tuple[Group, ...] = ()
    """The outer ones before those inside them."""

    @property
    def by_name(self) -> dict[str, Variable]:
        """Every variable by every name that it has; of two of one name the first."""
        return {name: variable for variable in reversed(self.variables) for name in variable.names}


class Failure(NamedTuple):
    """A value that the class does not take: the path to it, and the type of error as its library has it."""

    path: tuple[object, ...]
    kind: str
    message: str = ""
    """What is said in place of what is wanted; never by the class itself, whose words may be values."""
