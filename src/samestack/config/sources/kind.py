"""What a kind of source can do: the one interface of all of them, the stranger's included."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import msgspec
from msgspec import Struct

from samestack.config.entry import Entry, Origin
from samestack.config.rank import Rank


class Question(Struct, frozen=True, kw_only=True):
    """What a source is asked."""

    locator: str
    """What stands after the kind: ``helpdesk/production`` of ``consul:helpdesk/production``."""
    project: Path
    """The directory that relative paths start from."""
    profile: str
    names: frozenset[str] = frozenset()
    """The variables that the schema knows; empty where there is none."""
    maps: frozenset[str] = frozenset()
    """Those of them whose value is a map."""
    variables: Mapping[str, str] = msgspec.field(default_factory=dict)
    """Those of this process: addresses and tokens of stores stand in them, by the store's usual names."""
    options: Mapping[str, Any] = msgspec.field(default_factory=dict)
    """Further keys of the source in the settings, which its kind declares."""
    seconds: float = 5.0
    """How long it may take."""

    def __repr__(self) -> str:
        return f"Question({self.locator}, {self.profile})"


class SourceKind(Struct, frozen=True, kw_only=True):
    """A kind of source. A plug-in is one, at an entry point of the group ``samestack.config.sources``."""

    name: str
    """What stands before the colon: ``consul``."""
    rank: Rank
    summary: str
    """One line for ``config sources`` and the documentation."""
    read: Callable[[Question], tuple[Entry, ...]]
    """What it says; :class:`SourceError`, or :class:`~samestack.errors.InputError` for what is malformed."""
    present: Callable[[Question], tuple[tuple[str, Origin], ...]] | None = None
    """The names that it has, by an interface that shows no value, where there is one."""
    revision: Callable[[Question], str] | None = None
    """A short text that changes when something in it did, got without values where that is possible."""
    prepare: Callable[[], object] | None = None
    """Load what takes this machine long, a library mostly: before the time begins that a source may take."""
    options: frozenset[str] = frozenset()
    """The keys that a source of this kind may have beside ``source``, ``required`` and ``seconds``."""
    is_remote: bool = False
    """Whether a server is asked."""
    keeps_secrets: bool = False
    """Whether a secret may stand in it."""
