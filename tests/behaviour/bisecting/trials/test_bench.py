"""Many trials at once, and what the journal knows of them."""

import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from samestack.behaviour.bisecting.journal import Journal
from samestack.behaviour.bisecting.trials.bench import Bench
from samestack.behaviour.bisecting.trials.description import TrialDescription
from samestack.behaviour.bisecting.trials.executors import executor_at
from samestack.behaviour.bisecting.trials.local_executor import LocalExecutor
from samestack.behaviour.bisecting.trials.losing import LostError
from samestack.behaviour.bisecting.trials.outcome import Ending, Outcome
from samestack.errors import OutsideError, RequestError
from tests.behaviour.bisecting.trials.trial_wheels import said, trial


class Counting:
    """Answers without running anything, and knows what it was asked."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    def __call__(self, one: TrialDescription) -> Outcome:
        self.asked.append(one.key)
        return Outcome(ending=Ending.EXIT, status=len(self.asked))


@pytest.fixture
def journal(tmp_path: Path) -> Journal:
    return Journal(tmp_path / "trials.sqlite")


def test_every_trial_comes_back_with_its_number() -> None:
    with Bench(LocalExecutor(3)) as bench:
        for number in range(5):
            bench.ask(trial(f"print({number})"), number)
        assert len(bench) == 5
        found = [bench.next() for _ in range(5)]
        assert len(bench) == 0
    assert {(said(one.outcome), one.number) for one in found} == {(str(n), n) for n in range(5)}


def test_a_journal_answers_what_was_tried_before(journal: Journal) -> None:
    run = Counting()
    for expected in (False, True):
        with Bench(ThreadPoolExecutor(1), journal, run=run) as bench:
            for number in range(3):
                bench.ask(trial("1"), number)
            found = {one.number: one for one in (bench.next() for _ in range(3))}
        assert [found[number].outcome.status for number in range(3)] == [1, 2, 3]
        assert {one.is_remembered for one in found.values()} == {expected}
    assert len(run.asked) == 3


def test_a_trial_that_nobody_finished_is_not_remembered(journal: Journal) -> None:
    def lose(_: TrialDescription) -> Outcome:
        raise LostError("each of several workers was lost")

    with Bench(ThreadPoolExecutor(1), journal, run=lose) as bench:
        bench.ask(trial("1"))
        ran = bench.next()
    assert ran.outcome.ending is Ending.LOST
    assert len(journal) == 0


def test_what_is_not_the_environment_s_fault_is_raised_after_the_rest_is_written_down(
    journal: Journal,
) -> None:
    meeting = threading.Barrier(2)

    def run(one: TrialDescription) -> Outcome:
        meeting.wait()
        if one.variables:
            raise OutsideError("no network")
        return Outcome(ending=Ending.EXIT)

    good = trial("1")
    with Bench(ThreadPoolExecutor(2), journal, run=run) as bench:
        bench.ask(trial("1", variables=(("A", "b"),)))
        bench.ask(good)
        time.sleep(0.2)
        with pytest.raises(OutsideError, match="no network"):
            bench.next()
    assert journal.outcome(good.key, 0) == Outcome(ending=Ending.EXIT)


def test_there_is_nothing_to_wait_for_where_nothing_was_asked() -> None:
    with Bench(ThreadPoolExecutor(1)) as bench, pytest.raises(LookupError):
        bench.next()


def test_leaving_stops_what_is_under_way(tmp_path: Path) -> None:
    mark = tmp_path / "mark"
    code = f"import time; open({str(mark)!r}, 'w'); time.sleep(60)"
    started = time.monotonic()
    with Bench(LocalExecutor(1)) as bench:
        bench.ask(trial(code))
        bench.ask(trial("print(1)"))
        while not mark.exists():
            time.sleep(0.02)
    assert time.monotonic() - started < 30


def test_executors_are_named_by_their_address() -> None:
    executor = executor_at(jobs=3)
    assert executor.workers == 3
    executor.shutdown()
    for wrong in ("dask://nowhere", "tcp://host:8786", "dask://host:1/x", "spark://host:1"):
        with pytest.raises(RequestError, match="names no executor"):
            executor_at(wrong)
