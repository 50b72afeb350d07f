"""Three environments, what is rendered for them, and a cluster whose pods come up or do not."""

import contextlib
import textwrap
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import msgspec

from samestack.deploy.awaiting import Clock, Patience
from samestack.deploy.cluster.cluster import Cluster
from samestack.deploy.cluster.objects import Object, ObjectKey
from samestack.deploy.promotion import PromoteRequest, Surroundings
from samestack.parity.report import ParityReport, State, Verdict
from samestack.parity.settings import Environment, ParitySettings
from tests.deploy.memory_cluster import MemoryCluster

GOOD = f"sha256:{'a' * 64}"
NEXT = f"sha256:{'b' * 64}"
BAD = f"sha256:{'f' * 64}"
"""The pods of this image do not come up."""
STACK = f"sha256:{'5' * 64}"
SETTINGS = ParitySettings(
    environments=(
        Environment(name="development", reference="venv:.venv", profile="development"),
        Environment(
            name="staging",
            reference="kubernetes:helpdesk/agent",
            profile="staging",
            after="development",
        ),
        Environment(
            name="production",
            reference="kubernetes:helpdesk/agent",
            profile="production",
            after="staging",
        ),
    )
)
WORKLOAD = ObjectKey("apps/v1", "Deployment", "helpdesk", "agent")


def manifests(environment: Environment, digest: str) -> str:
    """What is rendered: a ConfigMap of the image's own name, and the workload."""
    return textwrap.dedent(
        f"""\
        apiVersion: v1
        kind: ConfigMap
        metadata:
          name: agent-{digest[7:15]}
        data:
          PROFILE: {environment.profile}
        ---
        apiVersion: apps/v1
        kind: Deployment
        metadata:
          name: agent
        spec:
          replicas: 2
          selector:
            matchLabels:
              app: agent
          template:
            metadata:
              labels:
                app: agent
            spec:
              containers:
                - name: agent
                  image: registry.example.com/agent@{digest}
        """
    )


def image_of(deployment: Object) -> str:
    """The digest that a Deployment runs."""
    (container,) = deployment["spec"]["template"]["spec"]["containers"]
    return str(container["image"]).partition("@")[2]


def pods(deployment: Object) -> Mapping[str, Any]:
    """The status that a Deployment would have: all pods ready at once, or none in the cluster's time."""
    wanted, generation = deployment["spec"]["replicas"], deployment["metadata"]["generation"]
    if image_of(deployment) != BAD:
        counts = dict.fromkeys(("replicas", "updatedReplicas", "readyReplicas", "availableReplicas"), wanted)
        return {"observedGeneration": generation, **counts}
    overdue = {"type": "Progressing", "status": "False", "reason": "ProgressDeadlineExceeded"}
    counts = {"replicas": wanted + 1, "updatedReplicas": 1, "readyReplicas": 2, "availableReplicas": 2}
    return {"observedGeneration": generation, **counts, "conditions": [overdue]}


class Time:
    """Time that goes by when somebody sleeps, here and in the cluster alike."""

    def __init__(self, cluster: MemoryCluster | None = None) -> None:
        self.seconds = 0.0
        self._cluster = cluster

    def sleep(self, seconds: float) -> None:
        import datetime as dt

        self.seconds += seconds
        if self._cluster is not None:
            self._cluster.time += dt.timedelta(seconds=seconds)

    @property
    def clock(self) -> Clock:
        return Clock(monotonic=lambda: self.seconds, sleep=self.sleep)


def holding(digest: str = "", standing: Verdict = Verdict.HOLDS) -> Callable[[str], ParityReport]:
    """A parity that finds an environment so, with this image."""

    def parity(environment: str) -> ParityReport:
        state = State(
            environment=environment,
            reference="kubernetes:helpdesk/agent",
            standing=standing,
            digest=STACK,
            image_digest=digest,
        )
        return ParityReport(project="agent", checked_at="2026-11-25T00:00:00Z", states=(state,))

    return parity


def surroundings(project: Path, cluster: Cluster, **said: Any) -> Surroundings:
    """What promoting takes from elsewhere: all of the tests' own."""

    @contextlib.contextmanager
    def opened(environment: Environment) -> Iterator[Cluster]:
        yield cluster

    time = Time(cluster if isinstance(cluster, MemoryCluster) else None)
    defaults = Surroundings(
        project=project,
        who="Ada <ada@example.com>",
        settings=SETTINGS,
        cluster=opened,
        parity=holding(),
        render=manifests,
        patience=Patience(60, time.clock),
    )
    return msgspec.structs.replace(defaults, **said)


def to_staging(digest: str, *, applies: bool = True) -> PromoteRequest:
    """An image from development to staging."""
    return PromoteRequest(source="development", target="staging", digest=digest, applies=applies)
