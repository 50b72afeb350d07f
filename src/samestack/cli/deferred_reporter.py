"""A reporter that is made when there is something to tell: most checks are over before that."""

from samestack.cli.output import terminal_reporter
from samestack.progress import Reporter


class DeferredReporter(Reporter):
    """What a terminal's reporter does, without its cost where nothing long happens."""

    def __init__(self) -> None:
        self._reporter: Reporter | None = None

    def started(self, work: str, total: int | None = None) -> None:
        """Make the real one, and tell it."""
        self._reporter = self._reporter or terminal_reporter()
        self._reporter.started(work, total)

    def advanced(self, detail: str, steps: int = 1) -> None:
        """Tell the real one."""
        if self._reporter is not None:
            self._reporter.advanced(detail, steps)

    def finished(self) -> None:
        """Tell the real one."""
        if self._reporter is not None:
            self._reporter.finished()
