"""The configuration of a profile: every variable with where it comes from, and all that is wrong with it."""

from collections.abc import Iterator
from pathlib import Path
from typing import Final

from msgspec import Struct

from samestack.check.finding import Finding, Severity
from samestack.config.entry import Value
from samestack.config.names import BETWEEN
from samestack.config.rank import Rank
from samestack.config.schema.field import Schema
from samestack.config.settings import SourceSettings
from samestack.outside.source_error import Reason

_HIDDEN: Final = (Rank.OVERRIDE, Rank.DIRECTORY, Rank.DOTENV, Rank.SECRET_STORE)
"""Layers in which secrets stand: what nobody declared is taken for one there."""


class SourceState(Struct, frozen=True, kw_only=True):
    """What became of one source."""

    settings: SourceSettings
    shown: str
    """As :class:`~samestack.config.entry.Origin` calls it."""
    rank: int
    variables: int = 0
    """How many it has."""
    reason: Reason | None = None
    """Why it says nothing."""
    message: str = ""


class Resolution(Struct, frozen=True, kw_only=True):
    """What a profile says. Its values are whole: who shows them masks them first."""

    profile: str
    project: Path
    schema: Schema
    values: tuple[Value, ...]
    """By name."""
    sources: tuple[SourceState, ...]
    """The highest first."""
    findings: tuple[Finding, ...] = ()
    """The gravest first, none with a value in its words; their layer is ``configuration``."""

    @property
    def has_failed(self) -> bool:
        """Whether a program must not be started with it."""
        return any(finding.severity is Severity.ERROR for finding in self.findings)

    @property
    def is_store_down(self) -> bool:
        """Whether a required source could not be asked."""
        return any(state.settings.required and state.reason is Reason.UNREACHABLE for state in self.sources)

    @property
    def exit_status(self) -> int:
        """0 where all is well, 3 where a required store is down, 1 for anything else that failed."""
        return 3 if self.is_store_down else int(self.has_failed)

    def value(self, name: str) -> Value | None:
        """The variable of that name."""
        return next((value for value in self.values if value.name == name), None)

    def is_secret(self, name: str) -> bool:
        """Whether the schema says so of the variable, or of the map that it stands in.

        Of what the schema does not know, the layers say it: a misspelt secret is one, too.
        """
        field, value = self.schema.field(name), self.value(name)
        if field is not None:
            return field.is_secret
        if any(name.startswith(f"{outer}{BETWEEN}") for outer in self._secret_names):
            return True
        if value is None:
            return False
        origins = (value.origin, *(entry.origin for entry in value.shadowed))
        return any(origin.rank in _HIDDEN or origin.is_protected for origin in origins)

    @property
    def _secret_names(self) -> Iterator[str]:
        return (name for field in self.schema.fields if field.is_secret for name in field.names)
