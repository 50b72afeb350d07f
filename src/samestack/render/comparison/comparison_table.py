"""A comparison on a terminal: the verdict, then layer by layer what differs and what that can do."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from rich.console import Console
from rich.text import Text

from samestack.compare.coverage import Coverage
from samestack.compare.difference import Comparison, Difference, Relation
from samestack.model.risk import Risk
from samestack.render.comparison.change_text import aspects, sides
from samestack.render.comparison.coverage_text import coverage_lines
from samestack.render.comparison.layer_differences import LayerDifferences, by_layer
from samestack.render.comparison.verdict import verdict
from samestack.render.component_text import title
from samestack.render.terminal_style import (
    HEADING_STYLE,
    QUIET_STYLE,
    RISK_STYLES,
    fitted,
    origin_line,
    plain,
    print_columns,
    print_item,
    print_text,
)

_INDENT: Final = 2
_HEADER: Final = ("risk", "component", "before (A)", "after (B)")
_RISK_WIDTH: Final = max(len(word) for word in (*Risk, *Relation))
_BELOW: Final = _INDENT + _RISK_WIDTH + 2
"""Where what is said of a row begins: under the component's name."""


def print_comparison(comparison: Comparison, console: Console, *, full: bool = False) -> None:
    """Print what differs, the worst first within each layer.

    With ``full``, also every OS package, everything agreed or unstated, and the sources of the reasons.
    """
    print_text(plain(verdict(comparison), HEADING_STYLE), console)
    for letter, side in (("A", comparison.before), ("B", comparison.after)):
        print_item(letter, origin_line(side.origin, side.digest), console)
    layers = by_layer(comparison)
    shown = [one for layer in layers for one in (layer.all if full else layer.listed)]
    widths = _widths(shown, console.width)
    if shown:
        console.print()
        header = [Text(word, style=QUIET_STYLE) for word in _HEADER]
        print_columns(header, widths, console, indent=_INDENT)
    for layer in layers:
        _print_layer(layer, widths, console, full=full)
    if not full:
        _print_unstated(layers, console)
    if comparison.coverage is not None:
        _print_coverage(comparison.coverage, console)


def _print_coverage(coverage: Coverage, console: Console) -> None:
    console.print()
    print_text(Text("what the two pin and carry", style=HEADING_STYLE), console)
    for heading, listed in coverage_lines(coverage):
        print_text(plain(f"{heading}: {listed}"), console, indent=_INDENT)


def _print_layer(layer: LayerDifferences, widths: Sequence[int], console: Console, *, full: bool) -> None:
    rows = layer.all if full else layer.listed
    if not (rows or layer.minor or layer.agreed):
        return
    console.print()
    console.print(Text.assemble((layer.layer, HEADING_STYLE), "  ", (_summary(layer), QUIET_STYLE)))
    for difference in rows:
        print_columns((_word(difference), *_cells(difference)), widths, console, indent=_INDENT)
        for line in _said_of(difference, full=full):
            print_item("-", plain(line), console, indent=_BELOW)
    if layer.minor and not full:
        line = f"{len(layer.minor)} OS packages of no known role differ too (list them with --full)"
        print_text(Text(line, style=QUIET_STYLE), console, indent=_INDENT)


def _summary(layer: LayerDifferences) -> str:
    unstated = layer.unstated_before + layer.unstated_after
    numbers = {
        "differing": len(layer.differing),
        "undecided": len(layer.undecided),
        "agreeing": len(layer.agreed),
        "unstated": len(unstated),
    }
    return ", ".join(f"{number} {word}" for word, number in numbers.items() if number)


def _word(difference: Difference) -> Text:
    """The risk; or, where nothing is known to differ, how the two sides stand to each other."""
    if difference.relation is Relation.DIFFERS:
        return Text(difference.risk, style=RISK_STYLES[difference.risk])
    is_open = difference.relation is Relation.UNDECIDED
    return Text(difference.relation, style=RISK_STYLES[Risk.UNKNOWN] if is_open else QUIET_STYLE)


def _cells(difference: Difference) -> tuple[Text, Text, Text]:
    before, after = sides(difference)
    return plain(title(difference.change.component)), plain(before), plain(after)


def _said_of(difference: Difference, *, full: bool) -> Iterator[str]:
    """The reasons; and what else is not the same, where that is all there is or all is asked for."""
    for reason in difference.reasons:
        yield reason.text if reason.risk is difference.risk else f"({reason.risk}) {reason.text}"
        if full:
            yield from reason.sources
    before, after = sides(difference)
    if full or before == after:
        yield from (f"{one.label}: {one.before} -> {one.after}" for one in aspects(difference.change))


def _widths(differences: Iterable[Difference], available: int) -> Sequence[int]:
    """The columns of the whole comparison, so that they stand under each other in every layer."""
    rows = [[cell.cell_len for cell in _cells(one)] for one in differences]
    natural = [max(column) for column in zip(*rows, [len(word) for word in _HEADER[1:]], strict=True)]
    return (_RISK_WIDTH, *fitted(natural, available - _BELOW))


def _print_unstated(layers: Iterable[LayerDifferences], console: Console) -> None:
    in_a = {one.layer: len(one.unstated_before) for one in layers if one.unstated_before}
    in_b = {one.layer: len(one.unstated_after) for one in layers if one.unstated_after}
    if in_a or in_b:
        console.print()
    for letter, numbers in (("A", in_a), ("B", in_b)):
        if numbers:
            listed = ", ".join(f"{layer} {number}" for layer, number in numbers.items())
            print_text(Text(f"not stated in {letter}: {listed}", style=QUIET_STYLE), console)
