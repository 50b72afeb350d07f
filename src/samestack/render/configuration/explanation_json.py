"""One variable of a profile as JSON for programs, schema ``samestack/configuration-value/1``."""

from collections.abc import Mapping
from typing import Any, Final, Literal

from msgspec import Struct

from samestack.check.finding import Finding
from samestack.codec import encode
from samestack.config.explaining import Explanation
from samestack.config.schema.field import Field
from samestack.config.source_listing import State, state_of
from samestack.render.configuration.placed_value import PlacedValue, placed_value

VALUE_SCHEMA: Final = "samestack/configuration-value/1"
"""The schema that is written."""


class Declaration(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What the project's schema says of a variable."""

    aliases: tuple[str, ...]
    """Other names that the program reads it by."""
    json_schema: Mapping[str, Any]
    """What the value must be, as JSON Schema (2020-12)."""
    is_required: bool
    """Whether the profile has to have it."""
    longest_age_days: int | None
    unit: str
    description: str


class SilentSource(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A source that was asked and does not have the variable."""

    source: str
    state: State
    """``ok`` where it answered, and has others."""


class ConfigurationValueDocument(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Where one variable of a profile comes from, what it goes before, and what it has to be."""

    schema: Literal["samestack/configuration-value/1"]
    profile: str
    name: str
    is_secret: bool
    said: PlacedValue | None
    """Null where no source has it."""
    shadowed: tuple[PlacedValue, ...]
    """What lower layers say, the highest of them first."""
    declared: Declaration | None
    """Null where the schema does not know it."""
    silent: tuple[SilentSource, ...]
    """The sources that were asked and do not have it, the highest first."""
    findings: tuple[Finding, ...]
    """What is wrong with it."""


def encode_explanation(told: Explanation) -> bytes:
    """It as indented JSON, ending with a line break."""
    value = told.value
    shadowed = () if value is None else value.shadowed
    return encode(
        ConfigurationValueDocument(
            schema=VALUE_SCHEMA,
            profile=told.profile,
            name=told.name,
            is_secret=told.is_secret,
            said=None if value is None else placed_value(value, told.project, with_line=True),
            shadowed=tuple(placed_value(entry, told.project, with_line=True) for entry in shadowed),
            declared=None if told.field is None else _declaration(told.field, told.profile),
            silent=tuple(
                SilentSource(source=state.shown, state=state_of(state.reason, state.message))
                for state in told.silent
            ),
            findings=told.findings,
        )
    )


def _declaration(field: Field, profile: str) -> Declaration:
    return Declaration(
        aliases=field.aliases,
        json_schema=field.schema,
        is_required=field.is_required_in(profile),
        longest_age_days=field.longest_age_days,
        unit=field.unit,
        description=field.description,
    )
