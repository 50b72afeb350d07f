"""Where the story takes place, and how it speaks."""

import os
import shlex
from collections.abc import Sequence
from pathlib import Path

from msgspec import Struct
from rich.console import Console
from rich.text import Text

from samestack.progress import Reporter
from samestack.tour.cast import Person


class Stage(Struct, frozen=True, kw_only=True):
    """Where the story takes place and who watches."""

    directory: Path
    """Absolute: where everything that is made is left."""
    example: Path
    console: Console
    reporter: Reporter

    def say(self, sentence: str) -> None:
        """A step begins."""
        self.console.print(Text(f"\n{sentence}", style="bold"))

    def tell(self, words: str) -> None:
        """What came of a step; the words stand as they are."""
        self.console.print(Text(f"  {words}"), soft_wrap=True)

    def show(self, command: Sequence[str | Path]) -> None:
        """The command that one would type, with paths as seen from here."""
        line = " ".join(map(_typed, command))
        self.console.print(Text(f"  $ {line}", style="dim"), soft_wrap=True)

    def environment(self, person: Person) -> Path:
        """Where a person's environment is."""
        return self.directory / person.name


def _typed(word: str | Path) -> str:
    """A word as a shell takes it; the pattern at the end of a path is for the shell."""
    if not isinstance(word, Path):
        return shlex.quote(word)
    relative = os.path.relpath(word)
    if not word.name.startswith("*"):
        return shlex.quote(relative)
    return f"{shlex.quote(os.path.dirname(relative))}/{word.name}"  # noqa: PTH120 - a text is shown
