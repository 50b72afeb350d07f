"""What a replay comes to, in sentences."""

from collections.abc import Iterator
from statistics import median
from typing import TYPE_CHECKING, Final

from samestack.behaviour.comparing.described import figure
from samestack.behaviour.comparing.tolerances import NOISE_FACTOR
from samestack.behaviour.recording.recording import EVERYTHING, Recording
from samestack.behaviour.replaying.executions import ENDING, input_words
from samestack.behaviour.replaying.replayed import Difference, FieldReport, Replayed, Verdict
from samestack.compare.difference import Relation
from samestack.compare.judge import judge
from samestack.model import Layer
from samestack.render.component_text import short_digest

if TYPE_CHECKING:
    from samestack.behaviour.replaying.drift import Drift

ENDING_WORDS: Final = "how it ended"
_CERTAIN: Final = 1
_BALANCED: Final = 1e-6
"""A mean change that is smaller than this share of the largest comes from rounding."""


def verdict_words(replayed: Replayed) -> str:
    """The verdict in a sentence."""
    match replayed.verdict:
        case Verdict.SAME:
            fields = _counted(len(replayed.fields), "field")
            return f"Everything is answered the same: {fields}{_over(replayed)}."
        case Verdict.CHANCE:
            return "Nothing differs beyond what the program's own wavering explains."
        case Verdict.DIFFERS:
            number = sum(bool(field.changed) for field in replayed.fields)
            of = _counted(len(replayed.fields), "field")
            return f"{_changed(replayed)} differently, in {number} of {of}."


def chance_words(replayed: Replayed) -> str:
    """How sure the verdict is; nothing where nothing differs."""
    chance, recorded, repeats = replayed.chance, len(replayed.before.runs), len(replayed.after.runs)
    if replayed.verdict is Verdict.SAME:
        return ""
    if chance.share == _CERTAIN and replayed.verdict is Verdict.DIFFERS:
        return "Recorded and run once: whether the program wavers by itself is not known."
    cases = f"in {chance.alike} of {chance.divisions} cases"
    runs = f"({_counted(recorded, 'run')} recorded, {repeats} new)"
    if replayed.verdict is Verdict.CHANCE:
        return f"One environment looks as different from itself {cases} {runs}; more runs can tell."
    confidence = int(100 * (1 - chance.share))
    return f"One environment looks as different from itself {cases} {runs}: confidence {confidence} %."


def side_words(recording: Recording) -> str:
    """Where a recording was made: the reference, and what was in it."""
    stack = recording.snapshot.stack
    pythons = {one.version for one in stack.layer(Layer.PYTHON) if one.version}
    python = f"Python {pythons.pop()}, " if len(pythons) == 1 else ""
    packages = _counted(len(stack.layer(Layer.PACKAGES)), "package")
    return f"{recording.environment} ({python}{packages}, {short_digest(stack.digest)})"


def stack_words(replayed: Replayed) -> str:
    """In how many components the two stacks differ."""
    comparison = judge(replayed.before.snapshot, replayed.after.snapshot)
    number = len(comparison.related(Relation.DIFFERS))
    if not number:
        return "Nothing is known to differ between the two environments."
    return f"The two environments differ in {_counted(number, 'component')}."


def times_words(replayed: Replayed) -> str:
    """How long it took and how much memory it had, before and after: told, and never judged."""
    before, after = seconds_of(replayed.before), seconds_of(replayed.after)
    if before is None or after is None:
        return ""
    memory = [
        max((run.peak_memory for run in side.runs), default=0) for side in (replayed.before, replayed.after)
    ]
    told = f"{before:.3g} s -> {after:.3g} s"
    return told + (f", {memory[0] / 1e6:.0f} MB -> {memory[1] / 1e6:.0f} MB of memory" if all(memory) else "")


def seconds_of(recording: Recording) -> float | None:
    """The median of the executions that went well."""
    failed = {(number, name) for number, name, _ in recording.failures}
    seconds = [
        one
        for number, run in enumerate(recording.runs)
        for name, one in run.seconds.items()
        if (number, name) not in failed
    ]
    return median(seconds) if seconds else None


def field_name(name: str) -> str:
    """A field as people read it."""
    return ENDING_WORDS if name == ENDING else name


def kind_words(field: FieldReport) -> str:
    """How a field is compared."""
    return str(field.rule.kind) if field.rule else "exact"


def noise_words(field: FieldReport) -> str:
    """How far the recorded runs are apart, and what that allows."""
    if field.rule is None or not field.rule.tolerance.noise:
        return "none"
    noise = field.rule.tolerance.noise
    return f"{figure(noise)}, so {figure(NOISE_FACTOR * noise)} is allowed"


def changed_words(field: FieldReport) -> str:
    """In how many inputs a field differs."""
    number = len(field.differences)
    if not number:
        return "-"
    words = f"{number} of {field.compared}"
    return f"{words} waver" if field.is_wavering else words


def difference_words(difference: Difference, repeats: int) -> str:
    """What differs, and in how many of the runs where it was not in all."""
    runs = "" if difference.runs == repeats else f" (in {difference.runs} of {repeats} runs)"
    return difference.judgement.detail + runs


def worst_words(field: FieldReport, repeats: int) -> str:
    """The worst difference of a field."""
    if not field.differences:
        return ""
    worst = field.differences[0]
    where = "" if worst.input in {None, EVERYTHING} else f"{worst.input}: "
    return where + difference_words(worst, repeats)


def drift_words(drift: "Drift") -> str:
    """How far the numbers of a field moved, and whether they moved one way."""
    is_balanced = abs(drift.mean) < _BALANCED * abs(drift.largest)
    mean = "not at all" if is_balanced else f"by {drift.mean:+.3g}"
    return f"By {drift.largest:+.3g} at most, {mean} on average."


def input_lines(replayed: Replayed, most: int) -> Iterator[tuple[str, tuple[Difference, ...]]]:
    """The inputs that changed most with what differs in them, at most so many."""
    for name, differences in list(replayed.changed.items())[:most]:
        yield input_words(name), differences


def _changed(replayed: Replayed) -> str:
    number, total = len(replayed.changed), len(replayed.inputs)
    if not number:
        return "All inputs together are answered"
    if replayed.inputs == (EVERYTHING,):
        return "It answers"
    return f"{number} of {_counted(total, 'input')} {'is' if number == 1 else 'are'} answered"


def _over(replayed: Replayed) -> str:
    return "" if replayed.inputs == (EVERYTHING,) else f" of {_counted(len(replayed.inputs), 'input')}"


def _counted(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"
