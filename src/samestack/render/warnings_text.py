"""Warnings on a terminal: what is odd and stopped nothing."""

from collections.abc import Iterable

from rich.console import Console
from rich.text import Text

from samestack.render.printable import printable


def print_warnings(warnings: Iterable[str], console: Console) -> None:
    """Print each after ``warning:``; lines are not broken, so that a command in them can be copied whole."""
    for warning in warnings:
        console.print(Text.assemble(("warning: ", "bold yellow"), printable(warning)), soft_wrap=True)
