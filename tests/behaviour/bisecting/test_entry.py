"""Whole bisections, with real environments of small wheels that are hidden among others."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from msgspec import structs

from samestack.behaviour.bisecting.lattice.trial import Answer
from samestack.behaviour.bisecting.request import Effort, Request
from samestack.errors import RequestError
from samestack.progress import Reporter
from tests.behaviour.bisecting.local_bisections import add_unrelated, bisected, pivots, request
from tests.lock.projects import alone
from tests.solve.local_index import LocalIndex
from tests.verify.breaking_index import add

CRASH = "import os, signal\nos.kill(os.getpid(), signal.SIGSEGV)\n"


@pytest.fixture(scope="module", autouse=True)
def index(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    patch, made = pytest.MonkeyPatch(), LocalIndex()
    add_unrelated(made)
    for version in ("1.0", "1.1", "1.2", "2.0", "2.1"):
        add(made, "alpha", version, f"value = {float(version) >= 1.2}\n")
        add(made, "beta", version, f"value = {float(version) >= 2.0}\n")
        add(made, "frail", version, CRASH if version == "1.1" else f"value = {float(version) >= 1.2}\n")
    add(made, "gamma", "1.0", "import beta\nvalue = False\n", "beta<2")
    add(made, "gamma", "2.0", "import beta\nvalue = True\n", "beta>=2", "delta")
    add(made, "delta", "1.0", "value = True\n")
    for number in range(101):
        add(made, "long", str(number), f"value = {number >= 37}\n")
    # It crashes beside an old beta, and declares nothing.
    add(made, "secret", "1.0", "value = False\n")
    add(made, "secret", "2.0", f"import beta\nvalue = True\nif not beta.value:\n    exec({CRASH!r})\n")
    # Something of numpy's name, whose later release computes otherwise on newer processors.
    add(made, "numpy", "1.0", "value = False\n")
    add(made, "numpy", "2.0", "import os\nvalue = 'NPY_DISABLE_CPU_FEATURES' not in os.environ\n")
    with alone(made, patch, tmp_path_factory.mktemp("uv-cache")):
        yield
    patch.undo()


def program(condition: str, *modules: str) -> str:
    return f"import {', '.join(modules)}, sys\nsys.exit(1 if {condition} else 0)\n"


def one_by_one(asked: Request) -> Request:
    return structs.replace(asked, effort=Effort(jobs=1, seconds=30.0))


def test_one_package_is_named_with_the_release_that_began_and_proved_both_ways(tmp_path: Path) -> None:
    found = bisected(request(tmp_path, program("alpha.value", "alpha"), "alpha==1.0", "alpha==2.1"))
    assert found.is_proven
    assert pivots(found) == [("alpha",)]
    assert len(found.changes) == 13
    assert found.verdict is not None
    assert found.verdict.trials <= 2 * 6
    (inside,) = found.within
    assert (inside.last_good, inside.first_bad) == ("1.1", "1.2")
    (pin,) = found.pins
    assert pin.requirement == "alpha<1.2"
    assert "alpha 1.2" in pin.reason
    assert [(one.claim.expected, one.answer) for one in found.proofs] == [
        (Answer.BAD, Answer.BAD),
        (Answer.GOOD, Answer.GOOD),
    ]


def test_two_that_are_bad_together_are_both_named_and_one_pin_is_enough(tmp_path: Path) -> None:
    code = program("alpha.value and beta.value", "alpha", "beta")
    found = bisected(request(tmp_path, code, "alpha==1.0 beta==1.0", "alpha==2.0 beta==2.0"))
    assert found.is_proven
    assert pivots(found) == [("alpha", "beta")]
    assert [(one.package, one.first_bad) for one in found.within] == [("alpha", "1.2"), ("beta", "2.0")]
    assert [pin.requirement for pin in found.pins] == ["alpha<1.2"]
    assert [one.holds for one in found.proofs] == [True, True, True]


def test_two_that_are_bad_each_by_itself_are_two_culprits(tmp_path: Path) -> None:
    code = program("alpha.value or beta.value", "alpha", "beta")
    found = bisected(request(tmp_path, code, "alpha==1.0 beta==1.0", "alpha==2.0 beta==2.0"))
    assert found.is_proven
    assert sorted(pivots(found)) == [("alpha",), ("beta",)]
    assert sorted(pin.requirement for pin in found.pins) == ["alpha<1.2", "beta<2"]


def test_what_a_culprit_forces_is_told_apart_from_it(tmp_path: Path) -> None:
    code = program("gamma.value", "gamma")
    found = bisected(request(tmp_path, code, "gamma==1.0 beta==1.0", "gamma==2.0 beta==2.0"))
    assert found.is_proven
    assert found.verdict is not None
    (culprit,) = found.verdict.culprits
    # The old gamma refuses the new beta, and the new one the old: they cannot be told apart.
    assert culprit.pivots == ("beta", "gamma")
    assert culprit.companions == ("delta",)


def test_a_package_that_came_new_is_a_change_that_no_constraint_holds_back(tmp_path: Path) -> None:
    code = "import importlib.util, sys\nsys.exit(1 if importlib.util.find_spec('delta') else 0)\n"
    found = bisected(request(tmp_path, code, "", "delta==1.0"))
    assert found.is_proven
    assert pivots(found) == [("delta",)]
    assert found.pins == ()
    assert "no constraint can hold back delta: delta 1.0 came new" in found.notes


def test_a_crash_in_the_middle_is_no_answer_and_passed_over(tmp_path: Path) -> None:
    found = bisected(request(tmp_path, program("frail.value", "frail"), "frail==1.0", "frail==2.0"))
    assert found.is_proven
    (inside,) = found.within
    assert (inside.last_good, inside.first_bad, inside.untold) == ("1.0", "1.2", ("1.1",))
    assert found.pins[0].requirement == "frail<1.1"


def test_a_need_that_nothing_declares_is_learned_of_crashes(tmp_path: Path) -> None:
    code = program("secret.value", "secret")
    found = bisected(request(tmp_path, code, "secret==1.0 beta==1.0", "secret==2.0 beta==2.0"))
    assert found.is_proven
    assert found.verdict is not None
    (culprit,) = found.verdict.culprits
    assert (culprit.pivots, culprit.companions) == (("secret",), ("beta",))


def test_where_the_bad_side_crashes_the_crash_is_looked_for(tmp_path: Path) -> None:
    code = f"import alpha\nif alpha.value:\n    exec({CRASH!r})\n"
    found = bisected(request(tmp_path, code, "alpha==1.0", "alpha==2.0"))
    assert found.is_proven
    assert pivots(found) == [("alpha",)]
    assert "SIGSEGV" in found.proofs[0].detail


def test_a_program_that_does_not_always_show_it_is_run_more_often(tmp_path: Path) -> None:
    code = (
        "import alpha, pathlib, sys\nplace = pathlib.Path('count')\n"
        "count = int(place.read_text() or 0) + 1 if place.exists() else 1\nplace.write_text(str(count))\n"
        "sys.exit(1 if alpha.value and count % 3 else 0)\n"
    )
    found = bisected(one_by_one(request(tmp_path, code, "alpha==1.0", "alpha==2.0")))
    assert any("the bad environment is not steady" in note for note in found.notes)
    assert found.verdict is not None
    assert pivots(found) == [("alpha",)]
    assert found.verdict.confidence < 1
    assert found.verdict.trials > 20


def test_a_property_of_the_machine_that_makes_it_good_is_told_beside_the_culprit(tmp_path: Path) -> None:
    found = bisected(request(tmp_path, program("numpy.value", "numpy"), "numpy==1.0", "numpy==2.0"))
    assert found.is_proven
    assert pivots(found) == [("numpy",)]
    assert [(one.factor.name, one.answer) for one in found.factors] == [
        ("on one thread", Answer.BAD),
        ("without numpy's code for newer processors", Answer.GOOD),
    ]


def test_many_releases_between_are_halved(tmp_path: Path) -> None:
    found = bisected(request(tmp_path, program("long.value", "long"), "long==0", "long==100"))
    (inside,) = found.within
    assert (inside.last_good, inside.first_bad) == ("36", "37")
    assert inside.tried <= 8


@pytest.mark.parametrize(
    ("condition", "trouble"),
    [("True", "the good environment is not good"), ("False", "the bad environment is not bad")],
)
def test_sides_that_are_not_what_they_are_said_to_be_end_it(
    tmp_path: Path, condition: str, trouble: str
) -> None:
    code = f"import sys\nsys.stderr.write('what it said')\nsys.exit(1 if {condition} else 0)\n"
    found = bisected(request(tmp_path, code, "alpha==1.0", "alpha==2.0"))
    assert found.verdict is None
    assert not found.is_proven
    assert trouble in found.baseline.trouble
    assert found.baseline.messages == "what it said"
    assert found.costs.runs == 6


def test_sides_that_are_the_same_are_refused(tmp_path: Path) -> None:
    asked = request(tmp_path, "", "alpha==1.0", "alpha==1.0")
    (tmp_path / "bad.txt").write_text((tmp_path / "good.txt").read_text())
    with pytest.raises(RequestError, match="nothing differs"):
        bisected(asked)


def test_requirements_that_cannot_be_met_name_their_file(tmp_path: Path) -> None:
    asked = request(tmp_path, "", "gamma==1.0 beta==2.0", "alpha==1.0")
    with pytest.raises(RequestError, match=r"good\.txt: the requirements cannot be met together: .*gamma"):
        bisected(asked)


class Interrupting(Reporter):
    """Ctrl-C after so many runs."""

    def __init__(self, after: int) -> None:
        self.left = after

    def advanced(self, detail: str, steps: int = 1) -> None:  # noqa: ARG002
        if detail.startswith("run "):
            self.left -= 1
        if self.left == 0:
            raise KeyboardInterrupt


def test_an_interrupted_bisection_goes_on_where_it_was(tmp_path: Path) -> None:
    asked = one_by_one(request(tmp_path, program("alpha.value", "alpha"), "alpha==1.0", "alpha==2.0"))
    whole = bisected(asked)
    with pytest.raises(KeyboardInterrupt):
        bisected(asked, Interrupting(after=9))
    found = bisected(asked, is_resumed=True)
    assert found.is_proven
    assert 9 <= found.costs.remembered < found.costs.runs
    assert found.verdict == whole.verdict
    again = bisected(asked, is_resumed=True)
    assert again.costs.remembered == again.costs.runs
    assert bisected(asked).costs.remembered == 0


def test_another_program_is_another_question(tmp_path: Path) -> None:
    asked = request(tmp_path, program("alpha.value", "alpha"), "alpha==1.0 beta==1.0", "alpha==2.0 beta==2.0")
    bisected(asked)
    (tmp_path / "check.py").write_text(program("beta.value", "beta"))
    found = bisected(asked, is_resumed=True)
    assert found.costs.remembered == 0
    assert pivots(found) == [("beta",)]


def test_without_state_there_is_nothing_to_resume(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SAMESTACK_STATE", "")
    asked = request(tmp_path, program("alpha.value", "alpha"), "alpha==1.0", "alpha==2.0")
    assert bisected(asked).is_proven
    with pytest.raises(RequestError, match="no earlier trials were kept"):
        bisected(asked, is_resumed=True)
    assert "SAMESTACK_STATE" in os.environ
