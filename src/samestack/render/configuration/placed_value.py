"""A value with its place, as documents for programs have it."""

from pathlib import Path
from typing import Any

import msgspec
from msgspec import Struct

from samestack.config.entry import Entry, Value
from samestack.config.locating import located
from samestack.render.configuration.value_words import is_masked, layer_words


class PlacedValue(Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """What one source says of a variable. A secret is never in it."""

    value: Any = msgspec.UNSET
    """Masked where it is a secret, as are passwords in addresses; left out where it was not read."""
    is_masked: bool = False
    """Whether something in it was taken out."""
    source: str
    """``config/production.toml``, ``process environment``, ``consul:helpdesk/production``."""
    layer: str
    """``environment``, ``secret store``, ``profile``: what goes before what is the same for all projects."""
    place: str = ""
    """The place in the source: the path of keys, ``version 7``."""
    line: int = 0
    """The line of the file, where the source is one and the line is known."""
    changed: str = ""
    """When the value became what it is, in ISO 8601, where the source knows that."""


def placed_value(said: Value | Entry, project: Path, *, with_line: bool = False) -> PlacedValue:
    """A masked value as it is told; its line is looked for only ``with_line``, since that takes a parse."""
    origin = said.origin
    found = located(origin.source, origin.place, project) if with_line else None
    return PlacedValue(
        value=said.value,
        is_masked=is_masked(said.value),
        source=origin.source,
        layer=layer_words(origin.rank),
        place=origin.place,
        line=found.line if found else 0,
        changed=origin.changed,
    )
