"""Where results go: standard output, or a file."""

import io
import os
import sys
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, TextIO

from samestack.progress import SILENT, Reporter

if TYPE_CHECKING:
    from rich.console import Console

Drawing = Callable[["Console"], None]
"""A result that is drawn on a terminal, or on a page of text."""

_PAGE_WIDTH = 100


def deliver(result: bytes | Drawing, output: str | None) -> None:
    """Bring a result to standard output, or into the file ``output``."""
    if output is not None:
        from pathlib import Path

        from samestack.files import write_file

        write_file(result if isinstance(result, bytes) else _as_text(result), Path(output))
    elif isinstance(result, bytes):
        sys.stdout.buffer.write(result)
        sys.stdout.buffer.flush()
    else:
        result(_console(sys.stdout))


def warn(warnings: Sequence[str]) -> None:
    """Write what is odd to standard error, a line each."""
    if not warnings:
        return
    from samestack.render.warnings_text import print_warnings

    print_warnings(warnings, _console(sys.stderr))


def terminal_reporter() -> Reporter:
    """Whoever hears of long work: a progress line where standard error is a terminal, else nobody."""
    if not sys.stderr.isatty():
        return SILENT
    from samestack.render.progress import TerminalReporter

    return TerminalReporter(_console(sys.stderr))


def _console(stream: TextIO) -> "Console":
    from rich.console import Console

    width = None if stream.isatty() else int(os.environ.get("COLUMNS", _PAGE_WIDTH))
    return Console(file=stream, width=width, highlight=False)


def _as_text(drawing: Drawing) -> bytes:
    from rich.console import Console

    page = io.StringIO()
    drawing(Console(file=page, width=_PAGE_WIDTH, highlight=False))
    return page.getvalue().encode()
