"""A replay on a terminal: the verdict, the fields with their worst difference, the flips, the inputs."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from rich.text import Text

from samestack.behaviour.replaying.replayed import FieldReport, Replayed
from samestack.libraries import library
from samestack.render.replay.replay_words import (
    chance_words,
    changed_words,
    difference_words,
    field_name,
    input_lines,
    kind_words,
    side_words,
    stack_words,
    times_words,
    verdict_words,
    worst_words,
)
from samestack.render.terminal_style import (
    HEADING_STYLE,
    QUIET_STYLE,
    fitted,
    plain,
    print_columns,
    print_item,
    print_text,
)

if TYPE_CHECKING:
    from rich.console import Console

    from samestack.behaviour.replaying.flips import Flips

_MOST_FIELDS: Final = 40
_MOST_INPUTS: Final = 8
_MOST_IN_INPUT: Final = 4
_INDENT: Final = 2
_HEADER: Final = ("field", "kind", "differs in", "the worst")


def print_replay(replayed: Replayed, console: "Console") -> None:
    """Print the replay; what does not differ is counted, and listed only where something else does."""
    print_text(plain(verdict_words(replayed), HEADING_STYLE), console)
    for letter, side in (("A", replayed.before), ("B", replayed.after)):
        print_item(letter, plain(side_words(side)), console)
    for line in filter(None, (stack_words(replayed), chance_words(replayed), _times(replayed))):
        print_text(plain(line, QUIET_STYLE), console)
    shown = [field for field in replayed.fields if field.differences]
    if shown:
        _print_fields(shown, replayed, console)
        for flips in library("samestack.behaviour.replaying.flips", "counting flips").flips_of(replayed):
            _print_flips(flips, console)
        _print_inputs(replayed, console)


def _times(replayed: Replayed) -> str:
    words = times_words(replayed)
    return f"Each took {words}." if words else ""


def _print_fields(shown: Sequence[FieldReport], replayed: Replayed, console: "Console") -> None:
    rows = [_cells(field, replayed) for field in shown[:_MOST_FIELDS]]
    natural = [max(len(text) for text in column) for column in zip(_HEADER, *rows, strict=True)]
    widths = fitted(natural, console.width - _INDENT)
    console.print()
    print_columns([Text(word, style=QUIET_STYLE) for word in _HEADER], widths, console, indent=_INDENT)
    for row, field in zip(rows, shown, strict=False):
        style = QUIET_STYLE if field.is_wavering else ""
        print_columns([plain(text, style) for text in row], widths, console, indent=_INDENT)
    if len(shown) > _MOST_FIELDS:
        print_text(Text(f"and {len(shown) - _MOST_FIELDS} fields more", style=QUIET_STYLE), console)
    same = len(replayed.fields) - len(shown)
    if same:
        line = f"{same} more {'field is' if same == 1 else 'fields are'} the same"
        print_text(Text(line, style=QUIET_STYLE), console, indent=_INDENT)


def _cells(field: FieldReport, replayed: Replayed) -> tuple[str, str, str, str]:
    worst = worst_words(field, len(replayed.after.runs))
    return field_name(field.name), kind_words(field), changed_words(field), worst


def _print_flips(flips: "Flips", console: "Console") -> None:
    console.print()
    heading = f"flips of {flips.field}: {flips.flipped} of {flips.total}"
    print_text(plain(f"{heading} (before in rows, after in columns)", HEADING_STYLE), console)
    cells = [("", *flips.labels), *(_row(flips, place) for place in range(len(flips.labels)))]
    widths = fitted([max(map(len, column)) for column in zip(*cells, strict=True)], console.width - _INDENT)
    for number, row in enumerate(cells):
        styles = [QUIET_STYLE if not number or not place else "" for place in range(len(row))]
        print_columns(
            [plain(*pair) for pair in zip(row, styles, strict=True)], widths, console, indent=_INDENT
        )


def _row(flips: "Flips", place: int) -> tuple[str, ...]:
    return (flips.labels[place], *(str(number or ".") for number in flips.counts[place]))


def _print_inputs(replayed: Replayed, console: "Console") -> None:
    lines = list(input_lines(replayed, _MOST_INPUTS))
    if len(replayed.inputs) < 2 or not lines:
        return
    console.print()
    print_text(Text("the inputs that changed most", style=HEADING_STYLE), console)
    for name, differences in lines:
        print_text(plain(name), console, indent=_INDENT)
        for one in differences[:_MOST_IN_INPUT]:
            told = difference_words(one, len(replayed.after.runs))
            print_item("-", plain(f"{field_name(one.field)}: {told}"), console, indent=2 * _INDENT)
        if len(differences) > _MOST_IN_INPUT:
            more = f"and {len(differences) - _MOST_IN_INPUT} fields more"
            print_text(Text(more, style=QUIET_STYLE), console, indent=2 * _INDENT)
    more_inputs = len(replayed.changed) - len(lines)
    if more_inputs:
        print_text(Text(f"and {more_inputs} inputs more", style=QUIET_STYLE), console, indent=_INDENT)
