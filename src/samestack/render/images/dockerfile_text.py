"""A Dockerfile that was written, for people: which files, on what, and what there is to know."""

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from rich.text import Text

from samestack.image.dockerfile.choices import Dockerfile
from samestack.render.printable import printable

if TYPE_CHECKING:
    from rich.console import Console


def print_dockerfile(made: Dockerfile, written: Iterable[Path], console: "Console") -> None:
    """The files in the order in which they were written, then the base and the notes."""
    for path in written:
        console.print(Text(f"wrote {printable(str(path))}"), soft_wrap=True)
    console.print(Text(f"on    {printable(made.base)}"), soft_wrap=True)
    for note in made.notes:
        console.print(Text(f"note: {printable(note)}"), soft_wrap=True)
