"""Deployment histories for people: a line for each promotion, the newest first."""

from collections.abc import Iterable, Iterator
from typing import Final

from rich.console import Console
from rich.text import Text

from samestack.deploy.entry import Entry, Outcome, short
from samestack.deploy.history import History
from samestack.render.configuration.columns import print_rows
from samestack.render.terminal_style import HEADING_STYLE, QUIET_STYLE, plain, print_text

_HEADINGS: Final = ("when", "outcome", "image", "from", "who")
_STYLES: Final = {
    Outcome.APPLIED: "green",
    Outcome.RENDERED: "green",
    Outcome.INTENDED: "bold magenta",
    Outcome.ROLLED_BACK: "bold yellow",
    Outcome.FAILED: "bold red",
}


def print_histories(histories: Iterable[tuple[str, History]], console: Console) -> None:
    """Print each under its name; what it is meant to run stands beside that."""
    is_first = True
    for name, history in histories:
        if not is_first:
            console.print()
        is_first = False
        _print_history(name, history, console)
    if is_first:
        print_text(plain("nothing was deployed from here", QUIET_STYLE), console)


def _print_history(name: str, history: History, console: Console) -> None:
    current = short(history.current.digest) if history.current else "nothing"
    head = plain(name, HEADING_STYLE)
    head.append_text(plain(f"  runs {current}", QUIET_STYLE))
    print_text(head, console)
    told = list(_told(history.entries))
    print_rows(_HEADINGS, [_cells(entry) for entry in told], console)
    for entry in told:
        if entry.message:
            print_text(plain(f"{entry.when}  {short(entry.digest)}: {entry.message}", QUIET_STYLE), console)


def _told(entries: tuple[Entry, ...]) -> Iterator[Entry]:
    """What became of each promotion, the newest first; its intent alone where nothing did."""
    for number, entry in reversed(list(enumerate(entries))):
        if entry.outcome is not Outcome.INTENDED or number == len(entries) - 1:
            yield entry


def _cells(entry: Entry) -> tuple[Text, ...]:
    outcome = "not finished" if entry.outcome is Outcome.INTENDED else str(entry.outcome)
    source = entry.source or "a rollback"
    words = (entry.when, outcome, short(entry.digest), source, entry.who)
    styles = ("", _STYLES[entry.outcome], "", "", QUIET_STYLE)
    return tuple(plain(word, style) for word, style in zip(words, styles, strict=True))
