"""A profile's configuration as JSON for programs, schema ``samestack/configuration/1``."""

from typing import Final, Literal

from msgspec import Struct

from samestack.check.finding import Finding
from samestack.codec import encode
from samestack.config.masking import masked
from samestack.config.resolution import Resolution
from samestack.render.configuration.placed_value import PlacedValue, placed_value

CONFIGURATION_SCHEMA: Final = "samestack/configuration/1"
"""The schema that is written."""


class Variable(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A variable of a profile."""

    name: str
    is_secret: bool
    is_known: bool
    """Whether the schema declares it."""
    said: PlacedValue
    """What it is, and where that stands."""
    shadowed: tuple[PlacedValue, ...]
    """What lower layers say, the highest of them first."""


class ConfigurationDocument(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The configuration of a profile, its secrets masked."""

    schema: Literal["samestack/configuration/1"]
    profile: str
    has_failed: bool
    """Whether a program must not be started with it."""
    variables: tuple[Variable, ...]
    """By name."""
    findings: tuple[Finding, ...]
    """The gravest first."""


def encode_configuration(resolution: Resolution) -> bytes:
    """It as indented JSON, ending with a line break."""
    known = resolution.schema.names
    variables = tuple(
        Variable(
            name=value.name,
            is_secret=resolution.is_secret(value.name),
            is_known=value.name in known,
            said=placed_value(value, resolution.project),
            shadowed=tuple(placed_value(entry, resolution.project) for entry in value.shadowed),
        )
        for value in masked(resolution)
    )
    return encode(
        ConfigurationDocument(
            schema=CONFIGURATION_SCHEMA,
            profile=resolution.profile,
            has_failed=resolution.has_failed,
            variables=variables,
            findings=resolution.findings,
        )
    )
