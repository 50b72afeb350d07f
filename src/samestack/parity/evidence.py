"""What the law is asked about: all that was read of the environments, and nothing that has to be read."""

from collections.abc import Mapping
from enum import StrEnum

from msgspec import Struct, field

from samestack.config.resolution import Resolution
from samestack.lock.decision import Lock
from samestack.model import Snapshot
from samestack.parity.health import RuntimeReport
from samestack.parity.settings import Environment


class Answering(StrEnum):
    """What came of replaying a recording."""

    SAME = "same"
    DIFFERS = "differs"
    UNKNOWN = "unknown"
    """It could not be run, though the environment is here."""
    ELSEWHERE = "elsewhere"
    """The environment cannot be run here."""


class Replay(Struct, frozen=True, kw_only=True):
    """One recording, replayed in one environment."""

    environment: str
    recording: str
    """As the settings name it."""
    answering: Answering
    message: str = ""
    """What differs, or why nothing is known, in a sentence."""
    evidence: tuple[str, ...] = ()


class Evidence(Struct, frozen=True, kw_only=True):
    """Everything that was read. What is not in a mapping was not asked, or could not be read."""

    environments: tuple[Environment, ...]
    """Those that were asked, in the order of promotion."""
    lock: Lock | None = None
    own: str = ""
    """The project's own name, normalised: a lock does not decide its version."""
    snapshots: Mapping[str, Snapshot] = field(default_factory=dict)
    hosts: Mapping[str, Snapshot] = field(default_factory=dict)
    """The machines that the settings name for environments."""
    silences: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Why an environment is unknown, in a sentence for each thing that was asked of it."""
    image_digests: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """What the reference of an image names now: the digest of its index or manifest, then of its manifest."""
    deployed: Mapping[str, str] = field(default_factory=dict)
    """The digest that was last deployed to an environment."""
    resolutions: Mapping[str, Resolution] = field(default_factory=dict)
    health: Mapping[str, RuntimeReport] = field(default_factory=dict)
    """What the running programs say of themselves."""
    replays: tuple[Replay, ...] = ()
