"""What outcomes say: as git reads an exit status, and never good for what did not come to its end."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samestack.behaviour.bisecting.lattice.trial import Answer
from samestack.behaviour.bisecting.trials.outcome import Ending, Outcome, signal_name
from samestack.behaviour.bisecting.trials.predicates import (
    ByExitStatus,
    ByOutput,
    Reason,
    Symptom,
    ended,
    symptom_of,
)

UNENDED = [ending for ending in Ending if ending is not Ending.EXIT]
OUTCOMES = st.one_of(
    st.builds(Outcome, ending=st.just(Ending.EXIT), status=st.integers(0, 255)),
    st.builds(Outcome, ending=st.just(Ending.SIGNAL), signal=st.integers(1, 64).map(signal_name)),
    st.builds(Outcome, ending=st.sampled_from(sorted({*Ending} - {Ending.EXIT, Ending.SIGNAL}))),
)


def exited(status: int) -> Outcome:
    return Outcome(ending=Ending.EXIT, status=status)


def signalled(name: str) -> Outcome:
    return Outcome(ending=Ending.SIGNAL, signal=name)


@pytest.mark.parametrize(
    ("status", "answer", "reason"),
    [
        (0, Answer.GOOD, None),
        (1, Answer.BAD, None),
        (124, Answer.BAD, None),
        (125, Answer.UNRESOLVED, Reason.SKIP),
        (126, Answer.BAD, None),
        (127, Answer.BAD, None),
        (128, Answer.UNRESOLVED, Reason.CRASH),
        (134, Answer.UNRESOLVED, Reason.CRASH),
        (139, Answer.UNRESOLVED, Reason.CRASH),
        (143, Answer.UNRESOLVED, Reason.SIGNAL),
        (255, Answer.UNRESOLVED, Reason.CRASH),
    ],
)
def test_a_status_is_read_as_git_does(status: int, answer: Answer, reason: Reason | None) -> None:
    told = ByExitStatus()(exited(status))
    assert (told.answer, told.reason) == (answer, reason)


@pytest.mark.parametrize("name", ["SIGSEGV", "SIGABRT", "SIGBUS", "SIGILL", "SIGFPE"])
def test_an_error_of_its_own_is_a_crash_and_what_comes_from_outside_is_not(name: str) -> None:
    assert ByExitStatus()(signalled(name)).reason is Reason.CRASH
    assert ByExitStatus()(signalled("SIGTERM")).reason is Reason.SIGNAL


@pytest.mark.parametrize("ending", UNENDED)
def test_each_ending_has_its_own_reason(ending: Ending) -> None:
    told = ByExitStatus()(Outcome(ending=ending, signal="SIGSEGV" if ending is Ending.SIGNAL else ""))
    expected = Reason.CRASH if ending is Ending.SIGNAL else Reason(ending.value)
    assert (told.answer, told.reason) == (Answer.UNRESOLVED, expected)
    assert told.detail


def test_how_a_limit_was_enforced_is_no_matter() -> None:
    told = ByExitStatus()(Outcome(ending=Ending.MEMORY, signal="SIGKILL"))
    assert told.reason is Reason.MEMORY


def test_the_symptom_of_the_bad_environment_is_bad() -> None:
    symptom = symptom_of(signalled("SIGSEGV"))
    predicate = ByExitStatus(symptom)
    assert predicate(signalled("SIGSEGV")).answer is Answer.BAD
    assert predicate(exited(139)).answer is Answer.BAD  # a shell's word for the same
    assert predicate(signalled("SIGABRT")).answer is Answer.UNRESOLVED
    assert predicate(exited(0)).answer is Answer.GOOD


def test_a_bad_environment_that_hangs_makes_hanging_bad() -> None:
    symptom = symptom_of(Outcome(ending=Ending.TIME))
    assert symptom == Symptom(Ending.TIME)
    assert ByExitStatus(symptom)(Outcome(ending=Ending.TIME)).answer is Answer.BAD
    assert ByExitStatus(symptom)(Outcome(ending=Ending.MEMORY)).answer is Answer.UNRESOLVED


@pytest.mark.parametrize("outcome", [exited(1), Outcome(ending=Ending.BUILD), Outcome(ending=Ending.LOST)])
def test_an_answer_is_no_symptom_and_neither_is_what_never_ran(outcome: Outcome) -> None:
    assert symptom_of(outcome) is None


def test_a_judge_is_asked_of_programs_that_have_answered() -> None:
    predicate = ByOutput(lambda outcome: outcome.output == b"cat")
    assert predicate(Outcome(ending=Ending.EXIT, output=b"cat")).answer is Answer.GOOD
    assert predicate(Outcome(ending=Ending.EXIT, output=b"dog")).answer is Answer.BAD
    assert predicate(Outcome(ending=Ending.EXIT, output=b"cat", status=1)).reason is Reason.CRASH
    assert predicate(Outcome(ending=Ending.TIME, output=b"cat")).reason is Reason.TIME


@given(OUTCOMES, st.none() | OUTCOMES.map(symptom_of))
def test_nothing_is_good_that_did_not_end_well(outcome: Outcome, symptom: Symptom | None) -> None:
    told = ByExitStatus(symptom)(outcome)
    if told.answer is Answer.GOOD:
        assert (outcome.ending, outcome.status) == (Ending.EXIT, 0)
    assert (told.reason is not None) == (told.answer is Answer.UNRESOLVED)
    assert ended(outcome)
