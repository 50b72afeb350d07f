"""Progress on a terminal: one line for each piece of work that is under way, gone when it is done."""

import weakref
from typing import Final

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TaskID, TextColumn
from rich.table import Column

from samestack.progress import Reporter
from samestack.render.printable import printable

_ONE_LINE: Final = Column(no_wrap=True, overflow="ellipsis", ratio=1)


class TerminalReporter(Reporter):
    """Draws on a terminal what it hears; on anything else it draws nothing.

    Work that is never finished, because an error ended it, is wiped off at the latest when the process ends.
    """

    def __init__(self, console: Console) -> None:
        self._progress = Progress(
            SpinnerColumn(),
            TextColumn("{task.description}", markup=False),
            BarColumn(),
            MofNCompleteColumn(),
            TextColumn("{task.fields[detail]}", markup=False, style="dim", table_column=_ONE_LINE),
            console=console,
            transient=True,
            disable=not console.is_terminal,
        )
        self._under_way: list[TaskID] = []
        weakref.finalize(self, self._progress.stop)

    def started(self, work: str, total: int | None = None) -> None:
        """Add a line for the work, below that of the work it is a part of."""
        self._progress.start()
        self._under_way.append(self._progress.add_task(printable(work), total=total, detail=""))

    def advanced(self, detail: str, steps: int = 1) -> None:
        """Move the newest line on by ``steps``."""
        if self._under_way:
            self._progress.update(self._under_way[-1], advance=steps, detail=printable(detail))

    def finished(self) -> None:
        """Take the newest line away."""
        if self._under_way:
            self._progress.remove_task(self._under_way.pop())
        if not self._under_way:
            self._progress.stop()
