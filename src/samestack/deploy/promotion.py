"""What a promotion is asked, what it asks of others, and what it came to."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

from msgspec import Struct

from samestack.deploy.awaiting import Patience
from samestack.deploy.cluster.cluster import Cluster
from samestack.deploy.entry import Entry
from samestack.parity.report import ParityReport
from samestack.parity.settings import Environment, ParitySettings
from samestack.progress import SILENT, Reporter

SECONDS = 600.0
"""How long a roll-out may take, where nobody says another time."""


def unsigned(entry: Entry) -> Entry:
    """An entry as it is, for those who do not sign."""
    return entry


def nothing_asked(intent: Entry) -> None:
    """Go on with an intent without asking anybody."""


class Surroundings(Struct, frozen=True, kw_only=True):
    """What promoting takes from elsewhere: tests give their own."""

    project: Path
    who: str
    settings: ParitySettings
    cluster: Callable[[Environment], AbstractContextManager[Cluster]]
    """The cluster of an environment; :class:`~samestack.errors.RequestError` where it has none."""
    parity: Callable[[str], ParityReport]
    """Whether the law holds in an environment."""
    render: Callable[[Environment, str], str]
    """The manifests of an environment with the image of a digest."""
    patience: Patience = Patience(SECONDS)
    reporter: Reporter = SILENT
    sign: Callable[[Entry], Entry] = unsigned
    ask: Callable[[Entry], None] = nothing_asked
    """Called with an intent before anything is done; raises where it is not wanted."""


class PromoteRequest(Struct, frozen=True, kw_only=True):
    """One image, from one environment to the next."""

    source: str
    target: str
    digest: str = ""
    """``sha256:...``; empty for what the source runs."""
    applies: bool = False


class RollbackRequest(Struct, frozen=True, kw_only=True):
    """An environment back to an earlier promotion."""

    environment: str
    digest: str = ""
    """The beginning of the image's digest; empty for what was deployed before."""
    applies: bool = False


class Promoted(Struct, frozen=True, kw_only=True):
    """What it came to."""

    entry: Entry | None = None
    """The outcome; ``None`` where the law does not hold, and nothing was begun."""
    report: ParityReport | None = None
    """Why the law does not hold."""
    manifests: str = ""
    finished: Entry | None = None
    """The outcome that an earlier, interrupted promotion has got first."""
