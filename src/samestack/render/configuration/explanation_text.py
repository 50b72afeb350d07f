"""One variable of a profile on a terminal: its value, its place, what it goes before, what it has to be."""

from collections.abc import Iterator
from typing import Final

from rich.console import Console

from samestack.check.finding import Finding, Severity
from samestack.config.entry import Entry, Value
from samestack.config.explaining import Explanation
from samestack.config.locating import located
from samestack.config.resolution import SourceState
from samestack.config.schema.field import Field
from samestack.config.source_listing import State, state_of
from samestack.render.configuration.field_words import field_words
from samestack.render.configuration.value_words import layer_words, value_words
from samestack.render.terminal_style import HEADING_STYLE, QUIET_STYLE, plain, print_item, print_text

_STYLES: Final = {Severity.ERROR: "bold red", Severity.WARNING: "bold yellow"}


def print_explanation(told: Explanation, console: Console) -> None:
    """Print it; what is the lower the further down it stands."""
    if told.value is None:
        print_text(plain(f"{told.name} has no value in {told.profile}", HEADING_STYLE), console)
    else:
        _value(told.value, told, console)
    if told.field is not None:
        _field(told.field, told.profile, console)
    if told.silent:
        print_text(plain("asked, and without it: " + ", ".join(map(_silent, told.silent))), console, indent=2)
    for finding in told.findings:
        _finding(finding, console)


def _value(value: Value, told: Explanation, console: Console) -> None:
    line = plain(value.name, HEADING_STYLE).append_text(plain(f" = {value_words(value.value)}"))
    print_text(line, console)
    print_text(plain(f"from {_place(value, told)}"), console, indent=2)
    if value.shadowed:
        print_text(plain("goes before:"), console, indent=2)
    for entry in value.shadowed:
        print_item("-", plain(f"{value_words(entry.value)}, from {_place(entry, told)}"), console, indent=4)


def _place(said: Value | Entry, told: Explanation) -> str:
    return ", ".join(_place_words(said, told)) + f" ({layer_words(said.origin.rank)})"


def _place_words(said: Value | Entry, told: Explanation) -> Iterator[str]:
    origin = said.origin
    found = located(origin.source, origin.place, told.project)
    yield origin.source
    if found is not None and found.line:
        yield f"line {found.line}"
    elif origin.place:
        yield origin.place
    if origin.changed:
        yield f"changed {origin.changed}"


def _field(field: Field, profile: str, console: Console) -> None:
    print_text(plain(f"has to be: {field_words(field, profile)}"), console, indent=2)
    if field.aliases:
        print_text(plain("read as well by: " + ", ".join(field.aliases)), console, indent=2)
    if field.description:
        print_text(plain(field.description, QUIET_STYLE), console, indent=2)


def _silent(state: SourceState) -> str:
    became = state_of(state.reason, state.message)
    return state.shown if became is State.OK else f"{state.shown} ({became})"


def _finding(finding: Finding, console: Console) -> None:
    words = f"{finding.severity}: {finding.message} ({finding.rule})"
    print_text(plain(words, _STYLES.get(finding.severity, "")), console, indent=2)
    if finding.remedy:
        print_text(plain(f"hint: {finding.remedy}"), console, indent=4)
