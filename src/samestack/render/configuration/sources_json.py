"""The sources of a profile, and the kinds that there are, as JSON for programs."""

from collections.abc import Sequence
from typing import Final, Literal

from msgspec import Struct

from samestack.codec import encode
from samestack.config.source_listing import ListedSource, State
from samestack.config.sources.kind import SourceKind
from samestack.render.configuration.value_words import layer_words

SOURCES_SCHEMA: Final = "samestack/configuration-sources/1"
"""The schema of the sources of a profile."""
KINDS_SCHEMA: Final = "samestack/source-kinds/1"
"""The schema of the kinds of sources."""


class SourceLine(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A source of a profile."""

    rank: int
    """The layer: 1 goes before all others."""
    layer: str
    """``secret store``."""
    source: str
    is_required: bool
    seconds: float
    """How long it may take."""
    variables: int
    """How many it has."""
    state: State
    message: str
    """Why it says nothing."""


class ConfigurationSourcesDocument(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Where a profile's values come from, the highest layer first."""

    schema: Literal["samestack/configuration-sources/1"]
    profile: str
    sources: tuple[SourceLine, ...]


class KindLine(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A kind of source."""

    name: str
    """What stands before the colon: ``consul``."""
    rank: int
    layer: str
    summary: str
    options: tuple[str, ...]
    """The keys that such a source may have beside ``source``, ``required`` and ``seconds``."""
    is_remote: bool
    """Whether a server is asked."""
    keeps_secrets: bool
    """Whether a secret may stand in it."""
    tells_presence: bool
    """Whether it tells what it has without showing values."""


class SourceKindsDocument(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Every kind of source that is installed, the highest layer first."""

    schema: Literal["samestack/source-kinds/1"]
    kinds: tuple[KindLine, ...]


def encode_sources(sources: Sequence[ListedSource], profile: str) -> bytes:
    """The sources as indented JSON, ending with a line break."""
    lines = tuple(
        SourceLine(
            rank=one.rank,
            layer=layer_words(one.rank),
            source=one.source,
            is_required=one.is_required,
            seconds=one.seconds,
            variables=one.variables,
            state=one.state,
            message=one.message,
        )
        for one in sources
    )
    return encode(ConfigurationSourcesDocument(schema=SOURCES_SCHEMA, profile=profile, sources=lines))


def encode_kinds(kinds: Sequence[SourceKind]) -> bytes:
    """The kinds as indented JSON, ending with a line break."""
    lines = tuple(
        KindLine(
            name=kind.name,
            rank=kind.rank,
            layer=layer_words(kind.rank),
            summary=kind.summary,
            options=tuple(sorted(kind.options)),
            is_remote=kind.is_remote,
            keeps_secrets=kind.keeps_secrets,
            tells_presence=kind.present is not None,
        )
        for kind in kinds
    )
    return encode(SourceKindsDocument(schema=KINDS_SCHEMA, kinds=lines))
