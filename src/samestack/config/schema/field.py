"""One variable of a project's configuration: its type, its bounds, whether it is a secret."""

from collections.abc import Mapping
from typing import Any

import msgspec
from msgspec import Struct


class Field(Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """What a variable must be."""

    name: str
    """The variable: ``DATABASE__URL``."""
    aliases: tuple[str, ...] = ()
    """Other names that the program reads it by, after ``name``."""
    schema: Mapping[str, Any] = msgspec.field(default_factory=dict)
    """JSON Schema (2020-12) of the value, self-contained: definitions that it refers to stand in it, and it
    is no reference itself."""
    is_secret: bool = False
    is_required: bool = False
    """Whether there has to be a value in every profile."""
    required_in: tuple[str, ...] = ()
    """The profiles in which there has to be one, where not in all."""
    default: Any = msgspec.UNSET
    """The value without any source; unset where there is none, and never kept for a secret."""
    longest_age_days: int | None = None
    """After how many days a secret has to be changed."""
    unit: str = ""
    """``seconds``, ``MiB``."""
    description: str = ""

    @property
    def has_default(self) -> bool:
        """Whether there is a value without any source."""
        return self.default is not msgspec.UNSET

    @property
    def is_map(self) -> bool:
        """Whether its value is a map of its own, and not a group of further variables."""
        return any(one.get("type") == "object" for one in (self.schema, *self.schema.get("anyOf", ())))

    @property
    def names(self) -> tuple[str, ...]:
        """Its name and its aliases."""
        return (self.name, *self.aliases)

    def is_required_in(self, profile: str) -> bool:
        """Whether there has to be a value in a profile."""
        return self.is_required or profile in self.required_in


class Schema(Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """All the variables that a project knows."""

    fields: tuple[Field, ...] = ()
    """In the order in which they are declared."""
    source: str = ""
    """Where it is declared: ``pyproject.toml``, ``helpdesk_agent.settings:Settings``; empty for none."""
    has_checks: bool = False
    """Whether the class has validators of its own, which only itself can ask."""

    @property
    def names(self) -> frozenset[str]:
        """Every name, aliases included."""
        return frozenset(name for field in self.fields for name in field.names)

    @property
    def maps(self) -> frozenset[str]:
        """The variables whose value is a map."""
        maps = (field for field in self.fields if field.is_map)
        return frozenset(name for field in maps for name in field.names)

    def field(self, name: str) -> Field | None:
        """The field that a variable of this name is."""
        return next((field for field in self.fields if name in field.names), None)
