"""The sources of a profile on a terminal, the highest layer first, and the kinds that there are."""

from collections.abc import Sequence
from typing import Final

from rich.console import Console
from rich.text import Text

from samestack.config.source_listing import ListedSource, State
from samestack.config.sources.kind import SourceKind
from samestack.render.configuration.columns import print_rows
from samestack.render.configuration.value_words import layer_words
from samestack.render.terminal_style import HEADING_STYLE, QUIET_STYLE, plain, print_text

_HEADINGS: Final = ("layer", "source", "required", "seconds", "variables", "state")
_KIND_HEADINGS: Final = ("kind", "layer", "secrets", "what it is")


def print_sources(sources: Sequence[ListedSource], console: Console) -> None:
    """Print a line for each, and below the table why one says nothing."""
    print_rows(_HEADINGS, tuple(map(_row, sources)), console)
    for one in sources:
        if one.message:
            print_text(plain(f"{one.source}: {one.message}", _style(one)), console)


def print_kinds(kinds: Sequence[SourceKind], console: Console) -> None:
    """Print a line for each kind, and its options below the table."""
    print_rows(_KIND_HEADINGS, tuple(map(_kind_row, kinds)), console)
    for kind in kinds:
        if kind.options:
            print_text(plain(f"options of {kind.name}: {', '.join(sorted(kind.options))}"), console)


def _row(one: ListedSource) -> tuple[Text, ...]:
    is_asked = one.seconds > 0
    return (
        plain(f"{one.rank.value} {layer_words(one.rank)}", QUIET_STYLE),
        plain(one.source, HEADING_STYLE),
        plain("yes" if one.is_required else "no"),
        plain(f"{one.seconds:g}" if is_asked else "-"),
        plain(str(one.variables)),
        plain(one.state, _style(one)),
    )


def _style(one: ListedSource) -> str:
    if one.state is State.OK:
        return "green"
    return "red" if one.is_required else "yellow"


def _kind_row(kind: SourceKind) -> tuple[Text, ...]:
    return (
        plain(kind.name, HEADING_STYLE),
        plain(f"{kind.rank.value} {layer_words(kind.rank)}", QUIET_STYLE),
        plain("yes" if kind.keeps_secrets else "no"),
        plain(kind.summary),
    )
