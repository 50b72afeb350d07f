"""What was inferred, on a terminal: each value with what told it, and below them what is doubtful."""

from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import Final

from rich.console import Console
from rich.text import Text

from samestack.capture.addresses import without_credentials
from samestack.project.inference.draft import Entry
from samestack.project.inference.inferring import Inference
from samestack.render.explanation.file_changes import print_changes
from samestack.render.terminal_style import (
    HEADING_STYLE,
    QUIET_STYLE,
    fitted,
    plain,
    print_columns,
    print_item,
    print_text,
)

_INDENT: Final = 2
_SHOWN_PLACES: Final = 3


def print_inference(inference: Inference, console: Console, *, is_dry_run: bool) -> None:
    """Print what the manifest gets, key by key, the doubts, and in a dry run the whole manifest."""
    print_text(plain(_headline(inference, is_dry_run=is_dry_run), HEADING_STYLE), console)
    for key, entries in groupby(inference.added, key=lambda entry: entry.key):
        console.print()
        console.print(plain(key, HEADING_STYLE))
        _print_entries(tuple(entries), console)
    if inference.doubts:
        _print_doubts(inference.doubts, console)
    if is_dry_run and inference.added:
        console.print()
        _print_manifest(inference, console)


def _print_manifest(inference: Inference, console: Console) -> None:
    """The whole of a new one, else what changes; lines stay whole, so that they can be copied."""
    if not inference.is_new:
        print_changes((inference.change,), console)
        return
    for line in inference.change.after.splitlines():
        console.print(plain(without_credentials(line)), soft_wrap=True)


def _headline(inference: Inference, *, is_dry_run: bool) -> str:
    file, count = inference.change.file, len(inference.added)
    if not count:
        return f"{file} says everything already that could be inferred."
    values = f"{count} value{'s' if count > 1 else ''}"
    if is_dry_run:
        return f"{file} would be {'written' if inference.is_new else 'added to'}: {values}, and nothing was."
    return f"{file} was written: {values}." if inference.is_new else f"{values} added to {file}."


def _print_entries(entries: Sequence[Entry], console: Console) -> None:
    rows = [(plain(entry.value), plain(places_text(entry.places), QUIET_STYLE)) for entry in entries]
    natural = [max(cell.cell_len for cell in column) for column in zip(*rows, strict=True)]
    widths = fitted(natural, console.width - _INDENT)
    for row in rows:
        print_columns(row, widths, console, indent=_INDENT)


def places_text(places: Sequence[str]) -> str:
    """The first few places, and how many more there are."""
    more = len(places) - _SHOWN_PLACES
    return ", ".join(places[:_SHOWN_PLACES]) + (f" and {more} more" if more > 0 else "")


def _print_doubts(doubts: Iterable[str], console: Console) -> None:
    told = tuple(doubts)
    console.print()
    console.print(Text.assemble(("doubts", HEADING_STYLE), "  ", (str(len(told)), QUIET_STYLE)))
    for doubt in told:
        print_item("?", plain(doubt), console, indent=_INDENT)
