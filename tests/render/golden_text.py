"""Texts that a person has looked at and approved: ``SAMESTACK_UPDATE_GOLDEN=1`` writes them anew."""

import io
import os
from collections.abc import Callable
from pathlib import Path

from rich.console import Console

_DIRECTORY = Path(__file__).parent / "golden"


def drawn(drawing: Callable[[Console], None], *, width: int = 80, is_terminal: bool = False) -> str:
    """What a drawing leaves on a page of so many columns."""
    page = io.StringIO()
    drawing(Console(file=page, width=width, force_terminal=is_terminal, highlight=False))
    return page.getvalue()


def assert_golden(name: str, text: str) -> None:
    """The text is the approved one of that name."""
    path = _DIRECTORY / name
    if os.environ.get("SAMESTACK_UPDATE_GOLDEN") == "1":
        path.write_text(text, encoding="utf-8")
    assert text == path.read_text(encoding="utf-8")
