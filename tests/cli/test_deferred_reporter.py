"""A reporter that is made when there is something to tell."""

import pytest

from samestack.cli import deferred_reporter
from samestack.cli.deferred_reporter import DeferredReporter
from samestack.progress import Reporter


class Heard(Reporter):
    """Writes down what it hears."""

    def __init__(self) -> None:
        self.all: list[object] = []

    def started(self, work: str, total: int | None = None) -> None:
        self.all.append((work, total))

    def advanced(self, detail: str, steps: int = 1) -> None:
        self.all.append((detail, steps))

    def finished(self) -> None:
        self.all.append("end")


def test_the_real_one_is_made_once_and_hears_everything(monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[Heard] = []

    def make() -> Heard:
        made.append(Heard())
        return made[-1]

    monkeypatch.setattr(deferred_reporter, "terminal_reporter", make)
    reporter = DeferredReporter()
    reporter.advanced("too early")
    reporter.finished()
    assert made == []
    for _ in range(2):
        reporter.started("imports", 2)
        reporter.advanced("numpy")
        reporter.finished()
    (heard,) = made
    assert heard.all == [("imports", 2), ("numpy", 1), "end"] * 2
