"""Whatever ends a bisection, it goes on from the trials that it has made."""

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from samestack.behaviour.bisecting.journal import Journal

TRIALS, JOBS, ROUNDS = 12, 2, 6
WORK = f"""\
import sys
from pathlib import Path
from samestack.behaviour.bisecting.journal import Journal
from samestack.behaviour.bisecting.trials.bench import Bench
from samestack.behaviour.bisecting.trials.local_executor import LocalExecutor
from tests.behaviour.bisecting.trials.trial_wheels import trial
log = sys.argv[1]
with Journal(Path(sys.argv[2])) as journal, Bench(LocalExecutor({JOBS}), journal) as bench:
    for number in range({TRIALS}):
        code = f"import time; open({{log!r}}, 'a').write('{{number}} '); time.sleep(0.2)"
        bench.ask(trial(code), number)
    print(flush=True)
    while len(bench):
        bench.next()
"""


def begin(log: Path, journal: Path) -> "subprocess.Popen[bytes]":
    return subprocess.Popen(
        [sys.executable, "-c", WORK, log, journal],
        cwd=Path(__file__).parents[4],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGINT])
def test_at_most_the_trials_under_way_are_lost(tmp_path: Path, how: signal.Signals) -> None:
    log, path = tmp_path / "log", tmp_path / "trials.sqlite"
    chance = random.Random(5)  # noqa: S311 - the same moments each time
    for _ in range(ROUNDS):
        with begin(log, path) as process:
            assert process.stdout is not None
            process.stdout.readline()
            time.sleep(chance.uniform(0, 0.8))
            os.kill(process.pid, how)
    with begin(log, path) as process:
        assert process.wait(60) == 0
    begun = log.read_text().split()
    assert {int(one) for one in begun} == set(range(TRIALS))
    assert len(begun) <= TRIALS + ROUNDS * JOBS
    with Journal(path) as journal:
        assert len(journal) == TRIALS
