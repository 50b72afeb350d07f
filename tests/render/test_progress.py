"""Progress on a terminal, and nowhere else."""

import gc
import io

from rich.console import Console

from samestack.render.progress import TerminalReporter

SHOW_CURSOR = "\x1b[?25h"
HIDE_CURSOR = "\x1b[?25l"


def reporting(*, is_terminal: bool) -> tuple[TerminalReporter, io.StringIO]:
    page = io.StringIO()
    return TerminalReporter(Console(file=page, force_terminal=is_terminal, width=100)), page


def test_work_is_drawn_and_wiped_off() -> None:
    reporter, page = reporting(is_terminal=True)
    reporter.started("reading packages", total=3)
    reporter.started("reading \x1b[2J binaries")
    reporter.advanced("numpy[bold]", steps=2)
    reporter.finished()
    reporter.advanced("pandas")
    reporter.finished()
    text = page.getvalue()
    assert "reading packages" in text
    assert "reading \\x1b[2J binaries" in text
    assert text.rindex(SHOW_CURSOR) > text.rindex(HIDE_CURSOR)


def test_elsewhere_nothing_is_written() -> None:
    reporter, page = reporting(is_terminal=False)
    reporter.started("reading packages", total=3)
    reporter.advanced("numpy")
    reporter.finished()
    assert page.getvalue() == ""


def test_work_that_an_error_ended_leaves_a_usable_terminal() -> None:
    reporter, page = reporting(is_terminal=True)
    reporter.started("reading packages")
    del reporter
    gc.collect()
    assert page.getvalue().rindex(SHOW_CURSOR) > page.getvalue().rindex(HIDE_CURSOR)


def test_words_without_work_are_passed_over() -> None:
    reporter, page = reporting(is_terminal=True)
    reporter.advanced("numpy")
    reporter.finished()
    assert "numpy" not in page.getvalue()
