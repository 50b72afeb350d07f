"""A program that is run once; what its exit status or its output says of the environment is judged later."""

from pathlib import Path

import msgspec
from msgspec import Struct

from samestack.behaviour.bisecting.trials.outcome import Outcome
from samestack.behaviour.bisecting.trials.place import Place
from samestack.behaviour.bisecting.trials.supervision import Limits, supervised
from samestack.sha256 import sha256_hex


class CommandProbe(Struct, frozen=True, kw_only=True):
    """Runs a command in the environment and keeps how it ended; a :class:`Probe`."""

    command: tuple[str, ...]
    directory: str
    """The absolute path that it is run in, on whichever machine."""
    limits: Limits = Limits()
    keeps_output: bool = False
    """Whether standard output, and files in ``$SAMESTACK_OUTPUT``, are kept for a judge."""

    @property
    def key(self) -> str:
        """See :class:`~samestack.behaviour.bisecting.trials.description.Probe`."""
        return sha256_hex(msgspec.json.encode(self))

    def run(self, place: Place) -> Outcome:
        """See :class:`~samestack.behaviour.bisecting.trials.description.Probe`."""
        outcome = supervised(self.command, Path(self.directory), place, self.limits)
        return outcome if self.keeps_output else msgspec.structs.replace(outcome, output=b"", files={})
