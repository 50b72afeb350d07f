"""What edits changed in files, as a small diff."""

from collections.abc import Iterator, Sequence
from difflib import unified_diff
from typing import Final

from rich.console import Console

from samestack.capture.addresses import without_credentials
from samestack.render.terminal_style import plain, print_text
from samestack.solve.edits import FileChange

_STYLES: Final = {"-": "red", "+": "green", "@": "cyan"}


def print_changes(changes: Sequence[FileChange], console: Console) -> None:
    """Print the changes of every file, with one line around each."""
    for change in changes:
        if change.after == change.before:
            print_text(plain(f"{change.file} says so already"), console)
        for line in change_lines(change):
            print_text(plain(line, _STYLES.get(line[:1], "")), console)


def change_lines(change: FileChange) -> Iterator[str]:
    """The lines of a unified diff, without credentials and without line ends."""
    before, after = change.before.splitlines(), change.after.splitlines()
    for line in unified_diff(before, after, change.file, change.file, n=1, lineterm=""):
        yield without_credentials(line)
