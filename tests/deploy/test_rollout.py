"""How far a roll-out is, from the status of a Deployment."""

from typing import Any

import pytest

from samestack.deploy.cluster.rollout import Standing, rollout

UP = {"observedGeneration": 3, "replicas": 2, "updatedReplicas": 2, "availableReplicas": 2}
OVERDUE = {"type": "Progressing", "status": "False", "reason": "ProgressDeadlineExceeded"}
CANARY = "canary-in-a-message"
QUOTA = {"type": "ReplicaFailure", "status": "True", "reason": "FailedCreate", "message": CANARY}


def deployment(status: dict[str, Any], replicas: int | None = 2) -> dict[str, Any]:
    spec = {} if replicas is None else {"replicas": replicas}
    return {"metadata": {"generation": 3}, "spec": spec, "status": status}


@pytest.mark.parametrize(
    ("status", "standing", "detail"),
    [
        ({}, Standing.GOES_ON, "the cluster has not seen it yet"),
        (UP, Standing.DONE, "2 pods are ready"),
        ({**UP, "observedGeneration": 2}, Standing.GOES_ON, "the cluster has not seen it yet"),
        ({**UP, "updatedReplicas": 1}, Standing.GOES_ON, "1 of 2 new pods"),
        ({**UP, "replicas": 3}, Standing.GOES_ON, "1 old pods are still there"),
        ({**UP, "availableReplicas": 1}, Standing.GOES_ON, "1 of 2 pods are ready"),
        (
            {**UP, "updatedReplicas": 0, "conditions": [QUOTA]},
            Standing.GOES_ON,
            "0 of 2 new pods: FailedCreate",
        ),
        ({**UP, "conditions": [OVERDUE, QUOTA]}, Standing.STUCK, "the cluster gave up: FailedCreate"),
        (
            {**UP, "observedGeneration": 2, "conditions": [OVERDUE]},
            Standing.GOES_ON,
            "the cluster has not seen it yet",
        ),
    ],
)
def test_as_kubectl_judges(status: dict[str, Any], standing: Standing, detail: str) -> None:
    found = rollout(deployment(status))
    assert (found.standing, found.detail) == (standing, detail)
    assert CANARY not in found.detail


@pytest.mark.parametrize(("replicas", "wanted"), [(None, 1), (0, 0), (5, 5)])
def test_how_many_pods_are_wanted(replicas: int | None, wanted: int) -> None:
    assert rollout(deployment(UP, replicas)).wanted == wanted


def test_a_workload_of_no_pods_is_up() -> None:
    assert rollout(deployment({"observedGeneration": 3}, 0)).standing is Standing.DONE
