"""Everything that is known of one variable of a profile, masked: ``config why``."""

from pathlib import Path

from msgspec import Struct

from samestack.check.finding import Finding
from samestack.check.suggestion import did_you_mean
from samestack.config.entry import Value
from samestack.config.masking import masked
from samestack.config.names import variable_name
from samestack.config.resolution import Resolution, SourceState
from samestack.config.schema.field import Field
from samestack.errors import RequestError


class Explanation(Struct, frozen=True, kw_only=True):
    """Where a variable's value comes from, what it goes before, and what it has to be."""

    name: str
    profile: str
    project: Path
    is_secret: bool
    value: Value | None
    """Masked; ``None`` where no source has it."""
    field: Field | None
    """``None`` where the schema does not know it."""
    silent: tuple[SourceState, ...]
    """The sources that were asked and do not have it, the highest first."""
    findings: tuple[Finding, ...]
    """What is wrong with it."""


def explained(key: str, resolution: Resolution) -> Explanation:
    """A variable, by its name, an alias or its path in a document: ``database.url``.

    :class:`~samestack.errors.RequestError` for one that neither the schema nor any source knows.
    """
    name = _name(key, resolution)
    value = next((one for one in masked(resolution) if one.name == name), None)
    having = set() if value is None else {value.origin.source, *(one.origin.source for one in value.shadowed)}
    return Explanation(
        name=name,
        profile=resolution.profile,
        project=resolution.project,
        is_secret=resolution.is_secret(name),
        value=value,
        field=resolution.schema.field(name),
        silent=tuple(state for state in resolution.sources if state.shown not in having),
        findings=tuple(one for one in resolution.findings if one.subject == name),
    )


def _name(key: str, resolution: Resolution) -> str:
    known = {value.name for value in resolution.values}
    for candidate in (key, variable_name((key,)), variable_name(key.split("."))):
        field = resolution.schema.field(candidate) if candidate else None
        if field is not None:
            return field.name
        if candidate in known:
            return str(candidate)
    known |= resolution.schema.names
    hint = did_you_mean(key.upper(), known) if known else "no source has any variable"
    raise RequestError(f"no source of {resolution.profile} and no schema knows {key}", hint=hint)
