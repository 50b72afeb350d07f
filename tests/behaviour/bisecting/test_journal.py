"""What is in the journal stays there, whatever becomes of the process."""

import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samestack.behaviour.bisecting.journal import Journal
from samestack.behaviour.bisecting.trials.outcome import Ending, Outcome
from samestack.errors import InputError, OutsideError

OUTCOMES = st.builds(
    Outcome,
    ending=st.sampled_from(Ending),
    status=st.integers(0, 255),
    messages=st.text(),
    output=st.binary(),
    files=st.dictionaries(st.text(min_size=1), st.binary(), max_size=3),
    seconds=st.floats(0, 1e6),
    notes=st.lists(st.text(), max_size=2).map(tuple),
)
WRITING = """\
import sys
from pathlib import Path
from samestack.behaviour.bisecting.journal import Journal
from samestack.behaviour.bisecting.trials.outcome import Ending, Outcome
with Journal(Path(sys.argv[1])) as journal:
    for number in range(10**6):
        journal.note("key", number, Outcome(ending=Ending.EXIT, output=bytes(1000)))
        print(number, flush=True)
"""


@given(st.dictionaries(st.tuples(st.text("abc", min_size=1), st.integers(0, 9)), OUTCOMES, max_size=6))
def test_what_was_noted_is_given_again(
    tmp_path_factory: pytest.TempPathFactory, noted: dict[tuple[str, int], Outcome]
) -> None:
    path = tmp_path_factory.mktemp("journal") / "trials.sqlite"
    with Journal(path) as journal:
        for (key, number), outcome in noted.items():
            journal.note(key, number, outcome)
    with Journal(path) as journal:
        assert len(journal) == len(noted)
        assert {of: journal.outcome(*of) for of in noted} == noted
        assert journal.outcome("d", 0) is None


def test_a_later_outcome_of_the_same_run_takes_the_place_of_the_first(tmp_path: Path) -> None:
    with Journal(tmp_path / "trials.sqlite") as journal:
        journal.note("key", 0, Outcome(ending=Ending.TIME))
        journal.note("key", 0, Outcome(ending=Ending.EXIT))
        assert journal.outcome("key", 0) == Outcome(ending=Ending.EXIT)
        assert len(journal) == 1


def test_a_killed_process_loses_nothing_that_it_has_noted(tmp_path: Path) -> None:
    path = tmp_path / "trials.sqlite"
    with subprocess.Popen(
        [sys.executable, "-c", WRITING, path], stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        process.stdout.readline()
        time.sleep(0.2)
        process.kill()
        last = [int(line) for line in process.stdout.read().split("\n") if line.strip()][-1]
    with Journal(path) as journal:
        assert len(journal) in {last + 1, last + 2}  # one more may have been noted and not told
        assert all(journal.outcome("key", number) for number in range(last + 1))


def test_two_processes_may_write_at_once(tmp_path: Path) -> None:
    path = tmp_path / "trials.sqlite"
    with Journal(path) as one, Journal(path) as other:
        for number in range(20):
            (one if number % 2 else other).note("key", number, Outcome(ending=Ending.EXIT))
        assert len(one) == len(other) == 20


@pytest.mark.parametrize("data", [b"not a database, but long enough to be looked at\n" * 40, b"short"])
def test_another_file_is_no_journal_and_is_left_as_it_is(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "notes.txt"
    path.write_bytes(data)
    with pytest.raises(InputError, match="no journal"):
        Journal(path)
    assert path.read_bytes() == data


def test_another_database_is_no_journal(tmp_path: Path) -> None:
    path = tmp_path / "other.sqlite"
    connection = sqlite3.connect(path)
    connection.execute("create table people (name text)")
    connection.close()
    before = path.read_bytes()
    with pytest.raises(InputError, match="no journal of this samestack"):
        Journal(path)
    assert path.read_bytes() == before


def test_a_trial_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    path = tmp_path / "trials.sqlite"
    with Journal(path) as journal:
        journal.note("key", 0, Outcome(ending=Ending.EXIT))
    connection = sqlite3.connect(path)
    connection.execute("update trials set outcome = x'c1'")
    connection.commit()
    connection.close()
    with Journal(path) as journal, pytest.raises(InputError, match=r"trials\.sqlite: a trial in it"):
        journal.outcome("key", 0)


def test_a_place_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(OutsideError, match="cannot be made"):
        Journal(tmp_path / "file/trials.sqlite")
    with pytest.raises(OutsideError, match="cannot be used"):
        Journal(tmp_path)
