"""A list of environments on a terminal: a line of columns for each, and below it where it is."""

import os
from pathlib import Path
from typing import Final

from rich.console import Console
from rich.filesize import decimal
from rich.text import Text

from samestack.envs.managing.disk_use import DiskUse
from samestack.envs.managing.drifting import Drift
from samestack.envs.managing.listing import Listed, Listing
from samestack.render.terminal_style import (
    HEADING_STYLE,
    QUIET_STYLE,
    fitted,
    plain,
    print_columns,
    print_text,
)

_HEADINGS: Final = ("project", "backend", "Python", "size", "shared", "last used")
_DAY: Final = len("2026-01-31")


def print_environments(found: Listing, console: Console) -> None:
    """Print the environments and what they take together."""
    listed = found.environments
    if not listed:
        print_text(plain("samestack has made no environment that is still there"), console)
        return
    rows = [_row(one) for one in listed]
    headings = tuple(plain(heading, QUIET_STYLE) for heading in _HEADINGS)
    natural = [max(cell.cell_len for cell in column) for column in zip(headings, *rows, strict=True)]
    widths = fitted(natural, console.width)
    print_columns(headings, widths, console)
    for one, row in zip(listed, rows, strict=True):
        print_columns(row, widths, console)
        print_text(plain(_from_home(one.registered.environment), QUIET_STYLE), console, indent=2)
        if one.drift is not None:
            print_text(plain(str(one.drift), _style(one.drift)), console, indent=2)
    console.print()
    print_text(plain(_sum(found)), console)


def size_words(size: DiskUse) -> str:
    """``1.2 GB, of which 1.1 GB are links to files that others have too``."""
    shared = (
        f", of which {decimal(size.shared)} are links to files that others have too" if size.shared else ""
    )
    return f"{decimal(size.total)}{shared}"


def _row(listed: Listed) -> tuple[Text, ...]:
    entry, size = listed.registered, listed.size
    name = Path(entry.project).name or "-"
    cells = (entry.backend, entry.python or "-", decimal(size.total), decimal(size.shared), entry.used[:_DAY])
    return (plain(name, HEADING_STYLE), *map(plain, cells))


def _style(drift: Drift) -> str:
    if drift.unknown:
        return "magenta"
    return "green" if drift.is_none else "yellow"


def _from_home(path: str) -> str:
    home = os.environ.get("HOME", "")
    return f"~{path.removeprefix(home)}" if home and path.startswith(f"{home}/") else path


def _sum(found: Listing) -> str:
    number = len(found.environments)
    return f"{number} environment{'s' if number > 1 else ''}: {size_words(found.together)}"
