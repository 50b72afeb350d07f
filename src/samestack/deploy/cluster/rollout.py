"""How far a roll-out is, from what a Deployment says of itself: as ``kubectl rollout status`` judges."""

from enum import StrEnum
from typing import Any, Final, NamedTuple

from samestack.deploy.cluster.objects import Object

_MOST_SHOWN: Final = 200
_OVERDUE: Final = "ProgressDeadlineExceeded"


class Standing(StrEnum):
    """What a roll-out has come to."""

    GOES_ON = "goes on"
    DONE = "done"
    STUCK = "stuck"


class Rollout(NamedTuple):
    """A roll-out as it stands."""

    standing: Standing
    detail: str
    """What is waited for, or what went wrong."""
    ready: int = 0
    """Pods of the new kind that are available."""
    wanted: int = 0


def rollout(deployment: Object) -> Rollout:
    """The roll-out of a Deployment that was read."""
    status = deployment.get("status") or {}
    wanted = _wanted(deployment)
    if int(status.get("observedGeneration") or 0) < int(deployment["metadata"].get("generation") or 0):
        return Rollout(Standing.GOES_ON, "the cluster has not seen it yet", 0, wanted)
    failure = _condition(status, "Progressing")
    if failure.get("reason") == _OVERDUE:
        detail = f"the cluster gave up: {_reason(status)}"
        return Rollout(Standing.STUCK, detail, _number(status, "availableReplicas"), wanted)
    return _counted(status, wanted)


def _counted(status: Object, wanted: int) -> Rollout:
    total, updated, available = (
        _number(status, name) for name in ("replicas", "updatedReplicas", "availableReplicas")
    )
    if updated < wanted:
        reason = _condition(status, "ReplicaFailure")
        more = f": {_said(reason)}" if reason.get("status") == "True" else ""
        return Rollout(
            Standing.GOES_ON, f"{updated} of {wanted} new pods{more}", min(available, updated), wanted
        )
    if total > updated:
        detail = f"{total - updated} old pods are still there"
        return Rollout(Standing.GOES_ON, detail, min(available, updated), wanted)
    if available < updated:
        return Rollout(Standing.GOES_ON, f"{available} of {wanted} pods are ready", available, wanted)
    return Rollout(Standing.DONE, f"{available} pods are ready", available, wanted)


def _wanted(deployment: Object) -> int:
    said = (deployment.get("spec") or {}).get("replicas")
    return 1 if said is None else int(said)


def _reason(status: Object) -> str:
    replica_failure = _condition(status, "ReplicaFailure")
    if replica_failure.get("status") == "True":
        return _said(replica_failure)
    return "the new pods did not become ready within its progressDeadlineSeconds"


def _condition(status: Object, kind: str) -> dict[str, Any]:
    """A condition by its type; empty where there is none."""
    return next((dict(one) for one in status.get("conditions") or () if one.get("type") == kind), {})


def _said(condition: Object) -> str:
    """A condition's reason: a word. Its message can quote what stands in the object."""
    return str(condition.get("reason") or "it says no reason")[:_MOST_SHOWN]


def _number(status: Object, name: str) -> int:
    return int(status.get(name) or 0)
