"""The first half of the story: two machines, one code, two answers, and what differs between the two."""

import os
from pathlib import Path

from rich.text import Text

from samestack.capture.entry import capture
from samestack.codec import encode_snapshot
from samestack.compare.judge import judge
from samestack.files import write_file
from samestack.model import Kind, Reference, Snapshot
from samestack.process import run
from samestack.render.comparison.comparison_html import comparison_html
from samestack.render.comparison.comparison_table import print_comparison
from samestack.tour.cast import Person
from samestack.tour.environments import build, create_command, install_command, is_built
from samestack.tour.stage import Stage
from samestack.tour.verdicts import Verdicts, print_disagreement, read_truth, read_verdicts

_OPENING = """\
[bold]It works on my machine.[/] Sarah and you work on VisionaryAI's defect detection. You run the same code
on the same pictures of factory parts and do not get the same answers. It is all real: two environments are
built, the code runs in both, and nothing in it looks at a version."""
_CLOSING = """
The same code, the same pictures, [bold]other software, other verdicts[/]. The page to show to others:
  {report}
Both snapshots are beside it. Compare your own environments with: samestack diff A B"""
_TITLES = ("Sarah's verdict", "your verdict")


def tell_two_machines(stage: Stage, sarah: Person, you: Person) -> None:
    """Build both environments, run the code in both, compare answers and stacks."""
    stage.console.print(_OPENING)
    for person in (sarah, you):
        _build(stage, person)
    _draw_pictures(stage, you)
    _compare_answers(stage, sarah, you)
    report = _compare_stacks(stage, sarah, you)
    stage.console.print(_CLOSING.format(report=os.path.relpath(report)))


def _build(stage: Stage, person: Person) -> None:
    environment, requirements = stage.environment(person), stage.example / person.requirements
    stage.say(f"{person.title.capitalize()} machine: Python {person.python}, {person.requirements}")
    stage.show(create_command(person, environment))
    stage.show(install_command(environment, requirements))
    if is_built(environment, requirements):
        stage.console.print("  it is there already, from an earlier tour")
        return
    stage.reporter.started(f"building {person.name}'s environment")
    try:
        build(person, requirements, environment)
    finally:
        stage.reporter.finished()


def _draw_pictures(stage: Stage, painter: Person) -> None:
    stage.say("One set of pictures of factory parts, the same for both")
    _run_example(stage, painter, "draw", "--output", stage.directory / "pictures")


def _compare_answers(stage: Stage, sarah: Person, you: Person) -> None:
    answers = [_detect(stage, person) for person in (sarah, you)]
    truth = read_truth(stage.directory / "pictures/truth.json")
    print_disagreement((answers[0], answers[1]), truth, _TITLES, stage.console)


def _detect(stage: Stage, person: Person) -> Verdicts:
    stage.say(f"The same code on the same pictures, on {person.title} machine")
    answers = stage.directory / f"{person.name}-verdicts.json"
    _run_example(stage, person, "detect", "--pictures", stage.directory / "pictures", "--output", answers)
    return read_verdicts(answers)


def _run_example(stage: Stage, person: Person, *arguments: str | Path) -> None:
    python = stage.environment(person) / "bin/python"
    shown = (
        "env",
        f"PYTHONPATH={os.path.relpath(stage.example)}",
        python,
        "-m",
        "defect_detection",
        *arguments,
    )
    stage.show(shown)
    finished = run(
        [python, "-m", "defect_detection", *arguments], environment={"PYTHONPATH": str(stage.example)}
    )
    stage.console.print(Text(f"  {finished.messages.strip()}"))


def _compare_stacks(stage: Stage, sarah: Person, you: Person) -> Path:
    stage.say("What is in the two environments? Nothing of them is imported or run to find out")
    before, after = (_capture(stage, person) for person in (sarah, you))
    comparison = judge(before, after)
    report = stage.directory / "report.html"
    stage.say("What differs, layer by layer, and what can each difference do?")
    snapshots = [stage.directory / f"{person.name}.json" for person in (sarah, you)]
    stage.show(("samestack", "diff", *snapshots))
    stage.show(("samestack", "diff", *snapshots, "-o", report))
    write_file(comparison_html(comparison).encode(), report)
    print_comparison(comparison, stage.console)
    return report


def _capture(stage: Stage, person: Person) -> Snapshot:
    environment, output = stage.environment(person), stage.directory / f"{person.name}.json"
    reference = Reference(Kind.VENV, os.path.relpath(environment))
    stage.show(("samestack", "capture", str(reference), "-o", output))
    snapshot = capture(reference)
    write_file(encode_snapshot(snapshot), output)
    return snapshot
