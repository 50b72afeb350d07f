"""A whole bisection on the workers of a real Dask scheduler, one of which is lost in the middle."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from msgspec import structs

from samestack.behaviour.bisecting.request import Effort
from samestack.progress import Reporter
from tests.behaviour.bisecting.local_bisections import add_unrelated, bisected, pivots, request
from tests.behaviour.bisecting.trials.dask_cluster import Cluster, cluster
from tests.lock.projects import alone
from tests.solve.local_index import LocalIndex
from tests.verify.breaking_index import add

pytest.importorskip("distributed")

# Dask leaves sockets to the garbage collector, and warns of what it does itself.
pytestmark = [
    pytest.mark.service,
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]


@pytest.fixture
def workers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Cluster]:
    index = LocalIndex()
    add_unrelated(index)
    for version in ("1.0", "1.5", "2.0"):
        add(index, "alpha", version, f"value = {float(version) >= 1.5}\n")
    (tmp_path / "cluster").mkdir()
    with (
        alone(index, monkeypatch, tmp_path / "uv-cache"),
        cluster(tmp_path / "cluster", workers=2) as made,
    ):
        yield made


class Killing(Reporter):
    """Kills a worker after so many runs."""

    def __init__(self, made: Cluster, after: int) -> None:
        self.left = after
        self._made = made

    def advanced(self, detail: str, steps: int = 1) -> None:  # noqa: ARG002
        self.left -= detail.startswith("run ")
        if self.left == 0:
            self._made.kill("worker0")


def test_a_lost_worker_costs_no_trial(workers: Cluster, tmp_path: Path) -> None:
    code = "import alpha, sys, time\ntime.sleep(0.3)\nsys.exit(1 if alpha.value else 0)\n"
    asked = request(tmp_path, code, "alpha==1.0", "alpha==2.0")
    effort = Effort(executor=f"dask://{workers.address}", seconds=60.0)
    reporter = Killing(workers, after=8)
    found = bisected(structs.replace(asked, effort=effort), reporter)
    assert reporter.left <= 0
    assert found.is_proven
    assert pivots(found) == [("alpha",)]
    assert [(one.last_good, one.first_bad) for one in found.within] == [("1.0", "1.5")]
