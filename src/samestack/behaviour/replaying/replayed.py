"""What a replay comes to: which answers are others, by how much, and how sure that is."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final

from msgspec import Struct

from samestack.behaviour.comparing.judgement import Judgement
from samestack.behaviour.comparing.kind import Kind
from samestack.behaviour.comparing.rules import Rule
from samestack.behaviour.recording.recording import Recording, Value

_ROUNDING: Final = 1e-9


class Verdict(StrEnum):
    """Whether a program still answers the same."""

    SAME = "same"
    """Everything is as close as its kind asks for."""
    CHANCE = "chance"
    """Something is not, and the program's own wavering explains it."""
    DIFFERS = "differs"
    """Something is not, and wavering does not explain it."""


class Chance(Struct, frozen=True, kw_only=True):
    """How often runs of one environment, divided by chance, would look at least as different."""

    alike: int
    """The divisions that look so, the real one among them."""
    divisions: int
    """All that were looked at."""
    bound: float
    """The share up to which it is said that something differs: the most that false alarms can be."""

    @property
    def share(self) -> float:
        """The probability that one environment looks as different from itself."""
        return self.alike / self.divisions

    @property
    def is_improbable(self) -> bool:
        """Whether chance is ruled out, as far as so many runs can."""
        return self.share <= self.bound * (1 + _ROUNDING)


class Difference(Struct, frozen=True, kw_only=True, eq=False):
    """One field of the answer to one input that is not the same in at least one of the new runs."""

    input: str | None
    """``None`` for what only the answers to all inputs tell together."""
    field: str
    kind: Kind | None
    """``None`` for what the recording does not have, and for how it ended."""
    judgement: Judgement
    """Of the new run that is furthest off, against the recorded run that is nearest to it."""
    runs: int
    """In how many of the new runs it is not the same as in any that was recorded."""
    before: Value = None
    after: Value = None
    """The two values that were judged."""


class FieldReport(Struct, frozen=True, kw_only=True, eq=False):
    """One field, over all inputs."""

    name: str
    rule: Rule | None
    compared: int
    """In how many inputs both sides were asked for it."""
    differences: tuple[Difference, ...] = ()
    """The worst first."""
    is_wavering: bool = False
    """Whether the field's differences are what its own wavering explains."""

    @property
    def changed(self) -> int:
        """In how many inputs it differs, and not by chance."""
        return 0 if self.is_wavering else len(self.differences)


class Replayed(Struct, frozen=True, kw_only=True, eq=False):
    """Two recordings of one program, compared."""

    before: Recording
    after: Recording
    inputs: tuple[str, ...]
    """Those that both have."""
    verdict: Verdict
    chance: Chance
    fields: tuple[FieldReport, ...]
    """All that were compared; those with the most differences first."""
    notes: tuple[str, ...] = ()
    """In a sentence each."""

    @property
    def differences(self) -> tuple[Difference, ...]:
        """Those that chance does not explain, by field."""
        return tuple(one for field in self.fields if not field.is_wavering for one in field.differences)

    @property
    def changed(self) -> Mapping[str, tuple[Difference, ...]]:
        """The inputs that are answered differently with what differs, those with the most of it first."""
        found: dict[str, list[Difference]] = {}
        for one in self.differences:
            if one.input is not None:
                found.setdefault(one.input, []).append(one)
        order = sorted(found, key=lambda name: (-len(found[name]), self.inputs.index(name)))
        return {name: tuple(found[name]) for name in order}

    @property
    def is_alarm(self) -> bool:
        """Whether it is said that the program answers differently."""
        return self.verdict is Verdict.DIFFERS
