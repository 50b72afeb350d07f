"""What is to be tried: an environment, and what is run in it. Values that can be pickled and sent elsewhere.

Nothing here names a place of this machine but where the user did: who carries a trial out finds its own
interpreter of that release, and unpacks its own packages.
"""

from typing import Final, Protocol

import msgspec
from msgspec import Struct

from samestack.behaviour.bisecting.trials.outcome import Outcome
from samestack.behaviour.bisecting.trials.place import Place
from samestack.sha256 import sha256_hex

_FORM: Final = b"trial 1\n"


class Package(Struct, frozen=True, kw_only=True, omit_defaults=True, order=True):
    """One release of a package, as an index or an address has it."""

    name: str
    version: str = ""
    """May be empty where there is a source."""
    source: str = ""
    """The address or repository that it comes from, where that is no index."""
    hashes: tuple[str, ...] = ()
    """``sha256:...`` of its files, one of which is taken; without any, the index is trusted."""

    @property
    def requirement(self) -> str:
        """What lets in this package and nothing else: ``numpy==1.26.4``."""
        return f"{self.name} @ {self.source}" if self.source else f"{self.name}=={self.version}"


class TrialEnvironment(Struct, frozen=True, kw_only=True):
    """An interpreter and packages, each decided."""

    python: str
    """A release (``3.11.7``), or a path where the user named one."""
    packages: tuple[Package, ...] = ()

    def __post_init__(self) -> None:
        msgspec.structs.force_setattr(self, "packages", tuple(sorted(self.packages)))


class Probe(Protocol):
    """What is done in an environment that has been made."""

    @property
    def key(self) -> str:
        """Equal for probes that ask the same, in this process or a later one."""

    def run(self, place: Place) -> Outcome:
        """Carry it out; :class:`~samestack.errors.SamestackError` where nobody could."""


class TrialDescription(Struct, frozen=True, kw_only=True):
    """One hybrid and what is run in it."""

    environment: TrialEnvironment
    probe: Probe
    variables: tuple[tuple[str, str], ...] = ()
    """Set for the probe beside those of the machine that carries it out: ``OMP_NUM_THREADS`` and the like."""
    is_real: bool = False
    """Whether the environment is made as anyone makes one, as for a proof, though that takes longer."""

    @property
    def key(self) -> str:
        """What the journal knows it by: the same for the same environment, variables and probe."""
        said = msgspec.json.encode((self.environment, sorted(self.variables), self.probe.key, self.is_real))
        return sha256_hex(_FORM, said)
