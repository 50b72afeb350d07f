"""A recording for people: what was run where, what it answers, how far it is from itself, what failed."""

import shlex
from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from samestack.behaviour.recording.recording import Outcome, Program
from samestack.behaviour.recording.request import ALL, ONE
from samestack.render.printable import printable
from samestack.render.recording.summary import FieldSummary, RecordedDocument

if TYPE_CHECKING:
    from rich.console import Console

_MOST_FIELDS: Final = 40
_MOST_FAILURES: Final = 10


def print_summary(summary: RecordedDocument, console: "Console") -> None:
    """Print the summary; long lines of paths are not broken."""
    from rich.text import Text

    for line, style in _lines(summary):
        console.print(Text(printable(line), style=style), soft_wrap=True)


def outcome_words(outcome: Outcome) -> str:
    """How an execution ended, in a few words."""
    if outcome.is_late:
        return "it did not end in the time that it had"
    if outcome.is_too_much:
        return "it printed more than is kept"
    if outcome.signal:
        return f"it died of {outcome.signal}"
    if outcome.status:
        last = outcome.messages.strip().rpartition("\n")[2].strip()
        return f"it ended with status {outcome.status}" + (f": {last}" if last else "")
    return outcome.trouble


def program_words(program: Program) -> str:
    """The program as one would write it in a shell; the places of inputs need no quotes to be read."""
    words = (word if word in {ONE, ALL} else shlex.quote(word) for word in program.command)
    return program.callable or " ".join(words)


def noise_words(field: FieldSummary) -> str:
    """The noise of a field, in a few words."""
    if not field.unequal:
        return "none"
    if field.absolute is None:
        return "sometimes no number"
    if field.absolute:
        relative = "" if field.relative is None else f", {field.relative:.2g} of the value"
        return f"up to {field.absolute:.2g}{relative}"
    return "not the same every time" + (
        "" if field.unequal == 1 else f" in {field.unequal:.0%} of the inputs"
    )


def _lines(summary: RecordedDocument) -> Iterator[tuple[str, str]]:
    yield from _head(summary)
    fields = summary.fields[:_MOST_FIELDS]
    if fields:
        yield "", ""
        paths = max(len("FIELD"), *(len(field.path) for field in fields))
        kinds = max(len("WHAT"), *(len(field.what) for field in fields))
        if summary.repeats > 1:
            yield f"{'FIELD':{paths}}  {'WHAT':{kinds}}  NOISE", "dim"
        else:
            yield f"{'FIELD':{paths}}  WHAT", "dim"
        for field in fields:
            noise = f"  {noise_words(field)}" if summary.repeats > 1 else ""
            yield f"{field.path:{paths}}  {field.what:{kinds}}{noise}".rstrip(), ""
    if len(summary.fields) > len(fields):
        yield f"and {len(summary.fields) - len(fields)} fields more", "dim"
    yield from _failures(summary)


def _head(summary: RecordedDocument) -> Iterator[tuple[str, str]]:
    program = summary.program
    inputs = "1 input" if summary.inputs == 1 else f"{summary.inputs} inputs"
    repeats = "once" if summary.repeats == 1 else f"{summary.repeats} times"
    over = f", over {inputs}" if summary.inputs else ""
    yield f"{summary.file}: {program_words(program)}, {repeats}{over}", "bold"
    python = f"Python {summary.python}, " if summary.python else ""
    packages = "1 package" if summary.packages == 1 else f"{summary.packages} packages"
    yield f"in {summary.environment} ({python}{packages}, {summary.stack_digest[:19]})", ""
    if summary.seconds is not None:
        least, middle, most = summary.seconds.least, summary.seconds.median, summary.seconds.most
        memory = f", at most {_bytes(summary.peak_memory)} of memory" if summary.peak_memory else ""
        yield f"{middle:.3g} s each ({least:.3g} to {most:.3g}){memory}", ""


def _failures(summary: RecordedDocument) -> Iterator[tuple[str, str]]:
    if not summary.failures:
        return
    number, total = len(summary.failures), summary.repeats * max(1, _executions(summary))
    yield "", ""
    yield f"{number} of {total} executions failed:", "bold red"
    for failure in summary.failures[:_MOST_FAILURES]:
        name = f"{failure.input}, " if failure.input else ""
        yield f"  {name}repeat {failure.repeat}: {outcome_words(failure.outcome)}", ""
    if number > _MOST_FAILURES:
        yield f"  and {number - _MOST_FAILURES} more", "dim"


def _executions(summary: RecordedDocument) -> int:
    """How often it is run in one repeat."""
    program = summary.program
    is_each = bool(program.callable) or any(ONE in word for word in program.command)
    return summary.inputs if is_each else 1


def _bytes(number: int) -> str:
    return f"{number / 1e9:.1f} GB" if number >= 1e9 else f"{number / 1e6:.0f} MB"
