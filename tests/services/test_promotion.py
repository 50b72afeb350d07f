"""Promoting on a real API server. No kubelet runs there: the test drives the status of the Deployment."""

import contextlib
import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from samestack.capture.kubernetes.access import access
from samestack.capture.kubernetes.way import Way
from samestack.deploy.awaiting import Patience
from samestack.deploy.cluster.cluster import ApplyRefusedError, FieldConflictError
from samestack.deploy.cluster.exchange import Exchange, Request
from samestack.deploy.cluster.kubernetes import KubernetesCluster as RealCluster
from samestack.deploy.cluster.objects import Object, ObjectKey, annotation
from samestack.deploy.entry import Outcome
from samestack.deploy.history import read_history
from samestack.deploy.promoting import promote, roll_back
from samestack.deploy.promotion import Promoted, RollbackRequest, Surroundings
from samestack.errors import RequestError, SamestackError
from samestack.outside.source_error import SourceError
from samestack.parity.settings import Environment
from tests.capture.planted import write
from tests.deploy.promotions import BAD, GOOD, NEXT, Time, image_of, manifests, pods, surroundings, to_staging
from tests.parity.planted_project import environment, project
from tests.services.kubernetes_cluster import ADMIN, KubernetesCluster

pytestmark = pytest.mark.service
_MERGE = "application/merge-patch+json"


def _closed_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


class Place:
    """A namespace of a test's own, and a project that deploys there."""

    def __init__(self, server: KubernetesCluster, directory: Path) -> None:
        self.server = server
        self.namespace = f"helpdesk-{os.urandom(4).hex()}"
        self.directory = directory
        self.workload = ObjectKey("apps/v1", "Deployment", self.namespace, "agent")
        self.kubeconfig = directory / "kubeconfig.json"
        self.kubeconfig.write_text(json.dumps(server.kubeconfig(ADMIN)))
        server.make_namespace(self.namespace)
        self.may_come_up = threading.Event()
        self.may_come_up.set()

    @property
    def way(self) -> Way:
        return Way(variables={"KUBECONFIG": str(self.kubeconfig)})

    def cluster(self) -> RealCluster:
        return RealCluster(self.way, self.namespace, f"kubernetes:{self.namespace}/agent")

    def around(self, project: str = "project", **said: Any) -> Surroundings:
        said.setdefault("patience", Patience(40))
        return surroundings(self.directory / project, self.cluster(), **said)

    def running(self) -> Object:
        found = self.cluster().read(self.workload)
        assert found is not None
        return found

    def outcomes(self, project: str = "project") -> list[tuple[str, str]]:
        history = read_history(self.directory / project, "staging")
        return [(str(one.outcome), one.digest) for one in history.entries]


class Pods(threading.Thread):
    """Says of a Deployment what a kubelet's pods would come to, as soon as it is another than before."""

    def __init__(self, place: Place) -> None:
        super().__init__(daemon=True)
        self._cluster = place.cluster()
        self._workload = place.workload
        self._may_come_up = place.may_come_up
        self._exchange = Exchange(lambda: access(place.way, "tests", 20), place.way.variables, 20, "tests")
        self._ended = threading.Event()

    def run(self) -> None:
        while not self._ended.wait(0.2):
            with contextlib.suppress(SamestackError):
                self._drive()

    def _drive(self) -> None:
        if not self._may_come_up.is_set():
            return
        found = self._cluster.read(self._workload)
        if (
            found is None
            or found.get("status", {}).get("observedGeneration") == found["metadata"]["generation"]
        ):
            return
        status: Mapping[str, Any] = {"conditions": None, **pods(found)}
        body = {"metadata": {"resourceVersion": found["metadata"]["resourceVersion"]}, "status": status}
        self._exchange.ask(Request("PATCH", f"{self._workload.path}/status", {}, body, _MERGE))

    def end(self) -> None:
        self._ended.set()
        self.join()


@pytest.fixture
def place(kubernetes_cluster: KubernetesCluster, tmp_path: Path) -> Iterator[Place]:
    made = Place(kubernetes_cluster, tmp_path)
    driver = Pods(made)
    driver.start()
    yield made
    driver.end()


def test_applied_then_rolled_back_by_itself_and_on_request(place: Place) -> None:
    around = place.around()
    assert promote(to_staging(GOOD), around).entry is not None
    first = promote(to_staging(NEXT), around).entry
    assert first is not None
    assert image_of(place.running()) == NEXT
    assert annotation(place.running(), "dev.samestack.promotion") == first.promotion

    failed = promote(to_staging(BAD), around).entry
    assert failed is not None
    assert failed.outcome is Outcome.ROLLED_BACK
    assert failed.message.startswith("the cluster gave up")
    assert image_of(place.running()) == NEXT

    roll_back(RollbackRequest(environment="staging", applies=True), around)
    assert image_of(place.running()) == GOOD
    ended = ["applied", "applied", "rolled-back", "applied"]
    assert [outcome for outcome, _ in place.outcomes()] == [x for one in ended for x in ("intended", one)]
    left = place.server.kubectl("get", "configmaps", "--output=name", f"--namespace={place.namespace}").output
    assert [one for one in left.split() if "/agent-" in one] == [f"configmap/agent-{GOOD[7:15]}"]


def test_a_field_of_another_manager_is_told(place: Place) -> None:
    promote(to_staging(GOOD), place.around())
    words = ("patch", "deployment/agent", '--patch={"spec":{"replicas":7}}', "--field-manager=bob")
    place.server.kubectl(*words, f"--namespace={place.namespace}")
    with pytest.raises(FieldConflictError, match=r"\.spec\.replicas is set by 'bob'"):
        promote(to_staging(NEXT), place.around())
    assert image_of(place.running()) == GOOD
    assert place.outcomes()[-1] == ("failed", NEXT)


def test_of_two_at_once_one_wins_and_one_is_told(place: Place) -> None:
    promote(to_staging(GOOD), place.around("one"))
    source, copy = place.directory / "one", place.directory / "two"
    subprocess.run(["cp", "-r", source, copy], check=True)
    ended: dict[str, Promoted | RequestError] = {}

    def run(project: str, digest: str) -> None:
        who = f"{project} <{project}@example.com>"
        try:
            ended[project] = promote(to_staging(digest), place.around(project, who=who))
        except RequestError as error:
            ended[project] = error

    threads = [threading.Thread(target=run, args=one) for one in (("one", NEXT), ("two", f"{NEXT[:-1]}c"))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    (winner,) = [name for name, one in ended.items() if isinstance(one, Promoted)]
    (loser,) = [name for name in ended if name != winner]
    told = ended[loser]
    assert isinstance(told, RequestError)
    who = rf"by {winner} <{winner}@example\.com>, since 20"
    known = r"comes from the promotion \w{32}, which .* lacks"
    with pytest.raises(RequestError, match=f"({who})|({known})"):
        raise told
    assert place.outcomes(loser) == [("intended", GOOD), ("applied", GOOD)]
    assert image_of(place.running()) == place.outcomes(winner)[-1][1]


_CHILD = """
import os, signal, sys
from pathlib import Path
from samestack.capture.kubernetes.way import Way
from samestack.deploy.awaiting import Patience
from samestack.deploy.cluster.kubernetes import KubernetesCluster
from samestack.deploy.promoting import promote
from tests.deploy.promotions import surroundings, to_staging

kubeconfig, namespace, project, digest, point = sys.argv[1:]

class Planted(KubernetesCluster):
    left = int(point)

    def _ask(self, request):
        if request.method != "GET":
            Planted.left -= 1
            if Planted.left == 0:
                os.kill(os.getpid(), signal.SIGKILL)
        return super()._ask(request)

cluster = Planted(Way(variables={"KUBECONFIG": kubeconfig}), namespace, "kubernetes:planted")
print(promote(to_staging(digest), surroundings(Path(project), cluster, patience=Patience(60))).entry.outcome)
"""


@pytest.mark.parametrize("digest", [NEXT, BAD])
@pytest.mark.parametrize("point", [1, 2, 4, 5, 6, 7])
def test_killed_before_each_change_of_the_cluster(place: Place, digest: str, point: int) -> None:
    """1 is the claim, 2 and 3 are trials, 4 and 5 apply, then something is taken away or brought back."""
    project = place.directory / "project"
    promote(to_staging(GOOD), place.around())
    command = [sys.executable, "-c", _CHILD, str(place.kubeconfig), place.namespace, str(project), digest]
    root = str(Path(__file__).parents[2])
    child = subprocess.run([*command, str(point)], cwd=root, capture_output=True, text=True, check=False)
    assert child.returncode == -signal.SIGKILL, child.stderr
    interrupted = read_history(project, "staging").unfinished

    promoted = promote(to_staging(GOOD), place.around())
    assert (promoted.finished is None) == (interrupted is None)
    history = read_history(project, "staging")
    assert history.unfinished is None
    assert history.current is not None
    assert (history.current.digest, image_of(place.running())) == (GOOD, GOOD)
    assert annotation(place.running(), "dev.samestack.promotion") == history.current.promotion
    if promoted.finished is not None and point > 5:
        assert promoted.finished.outcome is (Outcome.APPLIED if digest == NEXT else Outcome.ROLLED_BACK)


def test_what_the_cluster_does_not_have_is_told_before_anything_is_changed(place: Place) -> None:
    def render(staging: Environment, digest: str) -> str:
        budget = "apiVersion: policy/v1\nkind: PodDisruptionBudget\nmetadata:\n  name: agent\n"
        return f"{manifests(staging, digest)}---\n{budget}"

    with pytest.raises(ApplyRefusedError, match="nothing of this kind of policy/v1"):
        promote(to_staging(GOOD), place.around(render=render))
    assert place.cluster().read(place.workload) is None
    assert [outcome for outcome, _ in place.outcomes()] == ["intended", "failed"]


def test_a_server_that_goes_leaves_what_the_next_call_finishes(place: Place) -> None:
    promote(to_staging(GOOD), place.around())

    elsewhere = place.directory / "elsewhere.json"
    document = place.kubeconfig.read_text().replace(
        place.server.server, f"https://127.0.0.1:{_closed_port()}"
    )
    elsewhere.write_text(document)
    gone = RealCluster(Way(variables={"KUBECONFIG": str(elsewhere)}), place.namespace, "kubernetes:gone")

    class Going(RealCluster):
        """Gone from the moment on at which the Deployment is applied."""

        def read(self, key: ObjectKey) -> Object | None:
            return gone.read(key) if self.is_gone() else super().read(key)

        def replace(self, key: ObjectKey, document: Object) -> Object:
            return gone.replace(key, document) if self.is_gone() else super().replace(key, document)

        def is_gone(self) -> bool:
            return place.outcomes()[-1] == ("intended", NEXT) and image_of(place.running()) == NEXT

    cluster = Going(place.way, place.namespace, "kubernetes:gone")
    hours = Time()
    around = surroundings(place.directory / "project", cluster, patience=Patience(120, hours.clock))
    with pytest.raises(SourceError, match=r"kubernetes:gone: (nobody answers|no answer)"):
        promote(to_staging(NEXT), around)
    assert hours.seconds > 30
    assert place.outcomes()[-1] == ("intended", NEXT)
    promoted = promote(to_staging(NEXT), place.around())
    assert promoted.finished is not None
    assert promoted.finished.outcome is Outcome.APPLIED
    assert image_of(place.running()) == NEXT


_SETTINGS = """
[tool.samestack.environments]
development = { reference = "venv:dev" }
staging = { reference = "kubernetes:NAMESPACE/agent", profile = "staging", after = "development" }

[tool.samestack.deploy]
name = "agent"
image = "registry.example.com/agent"
kubernetes = ">=1.20,<1.21"
"""


def test_from_the_command_line_interrupted_and_again(place: Place) -> None:
    """What is rendered from a project is applied as it stands; Ctrl-C leaves what the next call finishes."""
    directory = place.directory / "helpdesk"
    environment(directory / "dev")
    project(directory, _SETTINGS.replace("NAMESPACE", place.namespace))
    write(directory / "config/staging.toml", 'greeting = "hello"\n')

    def command(digest: str) -> list[str]:
        words = ["deploy", "promote", "development", "staging", "--digest", digest, "--apply", "--yes"]
        return [sys.executable, "-m", "samestack", *words]

    variables = {**os.environ, "KUBECONFIG": str(place.kubeconfig), "COLUMNS": "200"}
    variables.pop("VIRTUAL_ENV", None)
    said = subprocess.run(
        command(GOOD), cwd=directory, env=variables, capture_output=True, text=True, check=False
    )
    assert (said.returncode, said.stdout) == (0, f"staging runs {GOOD[7:19]}\n"), said.stderr
    assert image_of(place.running()) == GOOD

    place.may_come_up.clear()
    child = subprocess.Popen(command(NEXT), cwd=directory, env=variables, stderr=subprocess.PIPE, text=True)
    end = time.monotonic() + 60
    while image_of(place.running()) != NEXT:
        assert time.monotonic() < end
        time.sleep(0.2)
    child.send_signal(signal.SIGINT)
    _, messages = child.communicate(timeout=60)
    assert child.returncode == 130
    assert "the next promotion or rollback finishes it" in messages
    assert place.outcomes("helpdesk")[-1] == ("intended", NEXT)

    place.may_come_up.set()
    words = ["deploy", "rollback", "staging", "--apply"]
    said = subprocess.run(
        [sys.executable, "-m", "samestack", *words],
        cwd=directory,
        env=variables,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (said.returncode, said.stdout) == (0, f"staging runs {GOOD[7:19]}\n"), said.stderr
    assert f"an interrupted promotion came first: staging runs {NEXT[7:19]}" in said.stderr
    assert image_of(place.running()) == GOOD
