"""A replay as a document for programs, schema ``samestack/replay/1``."""

from math import isfinite
from typing import Final, Literal

from msgspec import Struct

from samestack.behaviour.comparing.described import described
from samestack.behaviour.recording.document import digest_of
from samestack.behaviour.recording.recording import Recording
from samestack.behaviour.replaying.executions import ENDING
from samestack.behaviour.replaying.replayed import Difference, FieldReport, Replayed, Verdict
from samestack.codec import encode
from samestack.libraries import library
from samestack.render.replay.replay_words import seconds_of

REPLAY_SCHEMA: Final = "samestack/replay/1"
"""The schema that is written."""


class SideDocument(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One recording."""

    digest: str
    """Of the recording."""
    environment: str
    """The reference, as the user named it."""
    stack_digest: str
    recorded_at: str
    """UTC, ISO 8601."""
    runs: int
    seconds: float | None
    """The median of the executions that went well; ``null`` where none did."""
    peak_memory: int
    """Bytes; 0 where it is not known."""


class ChanceDocument(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How often runs of one environment would look at least as different by chance."""

    alike: int
    divisions: int
    bound: float
    """The most that false alarms can be."""


class DifferenceDocument(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One field of the answer to one input."""

    input: str | None
    """``null`` for what only the answers to all inputs tell together."""
    distance: float | None
    """In the measure of the kind; ``null`` where there is no measure."""
    detail: str
    runs: int
    """In how many of the new runs."""
    before: str
    """A short value as it is, a long one in words."""
    after: str


class FieldDocument(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One field over all inputs."""

    name: str
    kind: str | None
    """``null`` for what the recording does not have, and for how the program ended."""
    noise: float | None
    """The largest distance between two recorded runs; ``null`` where it has no measure."""
    compared: int
    is_wavering: bool
    differences: tuple[DifferenceDocument, ...]


class FlipsDocument(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What was taken for what: a confusion matrix."""

    field: str
    labels: tuple[str, ...]
    counts: tuple[tuple[int, ...], ...]
    """A row for each label before, a column for each label after."""


class ReplayDocument(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a replay came to."""

    schema: Literal["samestack/replay/1"]
    verdict: Verdict
    chance: ChanceDocument
    before: SideDocument
    after: SideDocument
    inputs: int
    """How many were compared."""
    changed: tuple[str, ...]
    """The inputs that are answered differently, those with the most differences first."""
    fields: tuple[FieldDocument, ...]
    flips: tuple[FlipsDocument, ...]
    notes: tuple[str, ...]


def encode_replay(replayed: Replayed) -> bytes:
    """The document as indented JSON, ending with a line break."""
    return encode(replay_document(replayed))


def replay_document(replayed: Replayed) -> ReplayDocument:
    """The document."""
    chance = replayed.chance
    flips = library("samestack.behaviour.replaying.flips", "counting flips").flips_of(replayed)
    return ReplayDocument(
        schema=REPLAY_SCHEMA,
        verdict=replayed.verdict,
        chance=ChanceDocument(alike=chance.alike, divisions=chance.divisions, bound=chance.bound),
        before=_side(replayed.before),
        after=_side(replayed.after),
        inputs=len(replayed.inputs),
        changed=tuple(replayed.changed),
        fields=tuple(map(_field, replayed.fields)),
        flips=tuple(FlipsDocument(field=one.field, labels=one.labels, counts=one.counts) for one in flips),
        notes=replayed.notes,
    )


def _side(recording: Recording) -> SideDocument:
    return SideDocument(
        digest=digest_of(recording),
        environment=recording.environment,
        stack_digest=recording.snapshot.stack.digest,
        recorded_at=recording.origin.recorded_at,
        runs=len(recording.runs),
        seconds=seconds_of(recording),
        peak_memory=max((run.peak_memory for run in recording.runs), default=0),
    )


def _field(field: FieldReport) -> FieldDocument:
    return FieldDocument(
        name=field.name,
        kind=str(field.rule.kind) if field.rule else None,
        noise=_finite(field.rule.tolerance.noise) if field.rule else None,
        compared=field.compared,
        is_wavering=field.is_wavering,
        differences=tuple(_difference(one) for one in field.differences),
    )


def _difference(one: Difference) -> DifferenceDocument:
    has_values = one.input is not None and one.field != ENDING
    return DifferenceDocument(
        input=one.input,
        distance=_finite(one.judgement.distance),
        detail=one.judgement.detail,
        runs=one.runs,
        before=described(one.before) if has_values else "",
        after=described(one.after) if has_values else "",
    )


def _finite(number: float) -> float | None:
    return number if isfinite(number) else None
