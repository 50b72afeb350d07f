"""Where results of the actions go, and in which form: told by ``--format``, or by the name of the file."""

import argparse
import os
import sys
from collections.abc import Callable, Sequence
from typing import Final

from samestack.cli.output import deliver

_SUFFIXES: Final = {".json": "json", ".sarif": "sarif", ".md": "markdown"}
_PAGE_WIDTH: Final = 100


def add_format(parser: argparse.ArgumentParser, formats: Sequence[str]) -> None:
    """Declare ``--format`` and ``-o``."""
    help_text = "table by default, or told from the name of FILE"
    parser.add_argument("--format", choices=formats, help=help_text)
    parser.add_argument("-o", "--output", metavar="FILE", help="write to FILE instead")


def format_of(arguments: argparse.Namespace, formats: Sequence[str]) -> str:
    """The form that is asked for; a file whose name tells none that there is, is a table."""
    _, dot, suffix = (arguments.output or "").rpartition(".")
    told = _SUFFIXES.get(dot + suffix.lower(), "table")
    return str(arguments.format or (told if told in formats else "table"))


def deliver_page(text: Callable[..., str], output: str | None) -> None:
    """Text as wide as the terminal, in colours there unless ``NO_COLOR`` is set; else as wide as a page."""
    is_terminal = output is None and sys.stdout.isatty()
    width = os.get_terminal_size(sys.stdout.fileno()).columns if is_terminal else 0
    stated = os.environ.get("COLUMNS", "") if output is None else ""
    width = width or (int(stated) if stated.isdigit() else _PAGE_WIDTH)
    deliver(text(width=width, has_styles=is_terminal and not os.environ.get("NO_COLOR")).encode(), output)
