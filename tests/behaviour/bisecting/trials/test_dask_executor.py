"""Trials on the workers of a real Dask scheduler, some of which are lost on the way."""

import os
import signal
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from samestack.behaviour.bisecting.journal import Journal
from samestack.behaviour.bisecting.trials import dask_executor
from samestack.behaviour.bisecting.trials.bench import Bench
from samestack.behaviour.bisecting.trials.dask_executor import DaskExecutor
from samestack.behaviour.bisecting.trials.description import TrialDescription, TrialEnvironment
from samestack.behaviour.bisecting.trials.executors import executor_at
from samestack.behaviour.bisecting.trials.outcome import Ending
from samestack.errors import OutsideError, RequestError
from tests.behaviour.bisecting.trials.dask_cluster import Cluster, cluster
from tests.behaviour.bisecting.trials.trial_wheels import packages, said, trial, use_wheels
from tests.envs.small_wheels import wheel

pytest.importorskip("distributed")

# Dask leaves sockets to the garbage collector, and warns of what it does itself.
pytestmark = [
    pytest.mark.service,
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]

WORKER = (
    "import os\n"
    "supervisor = os.getppid()\n"
    "worker = int(open(f'/proc/{supervisor}/stat').read().rpartition(')')[2].split()[1])\n"
)
"""Tells a trial the process that it is carried out by."""


@pytest.fixture
def three(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Cluster]:
    use_wheels(tmp_path / "wheels", monkeypatch, tmp_path / "cache")
    with cluster(tmp_path, workers=3) as made:
        yield made


@pytest.fixture(scope="module")
def lasting(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    """For tests that leave it as it was."""
    with cluster(tmp_path_factory.mktemp("cluster"), workers=1) as made:
        yield made


def bench_on(made: Cluster, workers: int, journal: Journal | None = None) -> Bench:
    latest = time.monotonic() + 60
    while time.monotonic() < latest:
        executor = executor_at(f"dask://{made.address}")
        if executor.workers == workers:
            return Bench(executor, journal)
        executor.shutdown()
    raise TimeoutError("the workers do not come")


def is_alive(process: int) -> bool:
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def test_a_lost_worker_loses_no_trial(three: Cluster, tmp_path: Path) -> None:
    """One of three workers is killed while it is at a trial, the others do what it had to do."""
    wheel(tmp_path / "wheels", "alpha", "7")
    (tmp_path / "at").mkdir()
    code = WORKER + "import alpha, sys, time\n"
    code += f"open({str(tmp_path / 'at')!r} + f'/{{worker}}', 'a').write('x')\n"
    code += "time.sleep(0.6)\nprint(alpha.__version__, sys.argv[1:])"
    journal = Journal(tmp_path / "trials.sqlite")
    with bench_on(three, 3, journal) as bench:
        work = trial(code, *packages(alpha="7"))
        for number in range(9):
            bench.ask(work, number)
        while not (at := list((tmp_path / "at").iterdir())):
            time.sleep(0.02)
        lost = three.worker_of(int(at[0].name))
        three.kill(lost)
        found = [bench.next() for _ in range(9)]
    assert [said(one.outcome) for one in found] == ["7 []"] * 9
    assert {one.number for one in found} == set(range(9))
    assert len(journal) == 9
    # More were begun than were asked for: the one that was lost has been made again.
    begun = [len(file.read_text()) for file in (tmp_path / "at").iterdir()]
    assert sum(begun) >= 10
    assert len(begun) == 3


def test_a_trial_that_takes_its_workers_along_is_lost_and_the_others_go_on(three: Cluster) -> None:
    with bench_on(three, 3) as bench:
        bench.ask(trial(WORKER + "os.kill(worker, 9)\nimport time; time.sleep(60)"))
        assert bench.next().outcome.ending is Ending.LOST
        bench.ask(trial("print('still here')"))
        assert said(bench.next().outcome) == "still here"


def test_leaving_stops_what_runs_on_the_workers(lasting: Cluster, tmp_path: Path) -> None:
    mark = tmp_path / "mark"
    code = f"import os, time\nopen({str(mark)!r}, 'w').write(str(os.getpid()))\ntime.sleep(300)"
    with bench_on(lasting, 1) as bench:
        bench.ask(trial(code))
        while not (mark.exists() and mark.read_text()):
            time.sleep(0.02)
        process = int(mark.read_text())
        assert is_alive(process)
    for _ in range(100):
        if not is_alive(process):
            break
        time.sleep(0.1)
    assert not is_alive(process)


def test_what_samestack_says_on_a_worker_is_passed_on(lasting: Cluster) -> None:
    with bench_on(lasting, 1) as bench:
        environment = TrialEnvironment(python="3.6.99")
        bench.ask(TrialDescription(environment=environment, probe=trial("pass").probe))
        with pytest.raises(OutsideError, match=r"on a Dask worker: there is no Python 3\.6\.99"):
            bench.next()


def test_a_scheduler_that_dies_is_said(three: Cluster, tmp_path: Path) -> None:
    mark = tmp_path / "mark"
    with bench_on(three, 3) as bench:
        bench.ask(trial(f"import time; open({str(mark)!r}, 'w'); time.sleep(300)"))
        while not mark.exists():
            time.sleep(0.02)
        three.processes["scheduler"].send_signal(signal.SIGKILL)
        with pytest.raises(OutsideError, match="scheduler is gone"):
            bench.next()


def test_workers_need_the_same_samestack(lasting: Cluster, monkeypatch: pytest.MonkeyPatch) -> None:
    bench_on(lasting, 1).__exit__()
    monkeypatch.setattr(dask_executor, "__version__", "99")
    with pytest.raises(RequestError, match="this is samestack 99, there is samestack"):
        DaskExecutor(lasting.address)


def test_a_scheduler_that_is_not_there_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dask_executor, "_CONNECTING_SECONDS", 1.0)
    with pytest.raises(OutsideError, match=r"127\.0\.0\.1:9: no Dask scheduler"):
        executor_at("dask://127.0.0.1:9")


def test_a_scheduler_without_workers_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dask_executor, "_WORKERS_SECONDS", 1.0)
    with cluster(tmp_path, workers=0) as made, pytest.raises(OutsideError, match="has no workers"):
        executor_at(f"dask://{made.address}")


def test_without_dask_the_remedy_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(RequestError) as caught:
        executor_at(f"dask://127.0.0.1:{os.getpid() % 60000 + 1}")
    assert caught.value.hint == 'pip install "samestack[dask]"'
