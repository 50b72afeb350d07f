"""Deployment histories for programs, schema ``samestack/deployment-history/1``."""

from collections.abc import Iterable
from typing import Final, Literal

from msgspec import Struct

from samestack.codec import encode
from samestack.deploy.entry import Entry
from samestack.deploy.history import History

HISTORY_SCHEMA: Final = "samestack/deployment-history/1"
"""The schema that is written."""


class EnvironmentHistory(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What one environment's history says."""

    environment: str
    file: str
    head: str
    """``sha256:...`` of its last line; empty for none."""
    digest: str
    """The image that the environment is meant to run; empty for none."""
    unfinished: bool
    """Whether the last intent has no outcome."""
    torn: bool
    """Whether the file ends in half a line, from a crash."""
    entries: tuple[Entry, ...]
    """The oldest first."""


class HistoryDocument(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The histories of a project."""

    schema: Literal["samestack/deployment-history/1"]
    environments: tuple[EnvironmentHistory, ...]


def encode_histories(histories: Iterable[tuple[str, History]]) -> bytes:
    """Them, by environment, as indented JSON, ending with a line break."""
    environments = tuple(
        EnvironmentHistory(
            environment=name,
            file=history.file,
            head=history.head,
            digest=history.current.digest if history.current else "",
            unfinished=history.unfinished is not None,
            torn=history.is_torn,
            entries=history.entries,
        )
        for name, history in histories
    )
    return encode(HistoryDocument(schema=HISTORY_SCHEMA, environments=environments))
