"""A profile's configuration on a terminal: a line for each variable, secrets masked."""

from collections.abc import Sequence
from typing import Final

from rich.console import Console
from rich.text import Text

from samestack.config.entry import Value
from samestack.config.masking import masked
from samestack.config.rank import Rank
from samestack.config.resolution import Resolution
from samestack.render.configuration.columns import print_rows
from samestack.render.configuration.value_words import is_masked, value_words
from samestack.render.terminal_style import HEADING_STYLE, QUIET_STYLE, plain, print_text

_HEADINGS: Final = ("variable", "value", "source")


def print_configuration(resolution: Resolution, console: Console) -> None:
    """Print every variable with its value and where that comes from."""
    values = masked(resolution)
    if not values:
        print_text(plain(f"{resolution.profile} has no variables"), console)
        return
    print_rows(_HEADINGS, tuple(map(_row, values)), console)


def _row(value: Value) -> Sequence[Text]:
    is_quiet = is_masked(value.value) or value.origin.rank is Rank.DEFAULT
    return (
        plain(value.name, HEADING_STYLE),
        plain(value_words(value.value), QUIET_STYLE if is_quiet else ""),
        plain(str(value.origin), QUIET_STYLE),
    )
