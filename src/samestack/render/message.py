"""An error on a terminal: what is wrong, and below it what to do about it."""

from rich.console import Console
from rich.text import Text

from samestack.errors import SamestackError
from samestack.render.printable import printable


def print_error(error: SamestackError, console: Console) -> None:
    """Print the message after ``error:`` and the hint after ``hint:``; further lines stand under the first.

    Lines are not broken at the terminal's edge, so that a path in them can be copied whole.
    """
    _print("error: ", "bold red", error.message, console)
    if error.hint:
        _print(" hint: ", "bold cyan", error.hint, console)


def _print(word: str, style: str, text: str, console: Console) -> None:
    first, *further = text.splitlines() or [""]
    console.print(Text.assemble((word, style), printable(first)), soft_wrap=True)
    for line in further:
        console.print(Text(" " * len(word) + printable(line)), soft_wrap=True)
