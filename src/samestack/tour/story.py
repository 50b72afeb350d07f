"""The story, step by step. Every command that it runs is shown, so that one can repeat it by hand."""

from pathlib import Path

from rich.console import Console

from samestack.progress import Reporter
from samestack.tour.cast import example_directory, people
from samestack.tour.obstacles import no_recording, no_solver
from samestack.tour.stage import Stage
from samestack.tour.two_machines import tell_two_machines


def tell(directory: Path, console: Console, reporter: Reporter, *, is_full: bool) -> None:
    """Tell it, leaving what it makes below ``directory``; where an extra is missing it ends, and names it."""
    stage = Stage(
        directory=directory.resolve(), example=example_directory(), console=console, reporter=reporter
    )
    if lacking := no_solver():
        stage.say(f"The tour builds real environments: {lacking}")
        return
    stage.directory.mkdir(parents=True, exist_ok=True)
    sarah, you = people(is_full=is_full)
    tell_two_machines(stage, sarah, you)
    if lacking := no_recording():
        stage.say(f"Next it would record, replay and bisect: {lacking}")
        return
    from samestack.tour.two_locks import tell_two_locks

    tell_two_locks(stage)
