"""The Deployment of Kubernetes, and the account that its pods have."""

from typing import Any, Final

from samestack.deploy.deployment import Deployment
from samestack.deploy.rendering.kubernetes.labels import annotations, labels, metadata, selector
from samestack.deploy.rendering.kubernetes.pod import pod

_DEADLINE: Final = 600
"""Seconds in which a roll-out has to come forward: fetching an image takes its time."""


def workload(deployment: Deployment, api: str) -> dict[str, Any]:
    """The object. Where it is scaled by what it has to do, it says no replicas: applying it changes none."""
    noted = dict(annotations(deployment))
    scale = deployment.scale
    replicas = {} if scale.autoscaling is not None else {"replicas": scale.replicas}
    return {
        "apiVersion": api,
        "kind": "Deployment",
        "metadata": {**metadata(deployment), "annotations": noted},
        "spec": {
            **replicas,
            "progressDeadlineSeconds": _DEADLINE + deployment.health.start,
            "selector": {"matchLabels": dict(selector(deployment))},
            # None is taken away before another is there: a promotion costs nobody an answer.
            "strategy": {"type": "RollingUpdate", "rollingUpdate": {"maxSurge": 1, "maxUnavailable": 0}},
            "template": {
                "metadata": {"labels": dict(labels(deployment)), "annotations": noted},
                "spec": pod(deployment),
            },
        },
    }


def service_account(deployment: Deployment, api: str) -> dict[str, Any]:
    """The object: an account of its own, which no token comes with."""
    return {
        "apiVersion": api,
        "kind": "ServiceAccount",
        "metadata": metadata(deployment),
        "automountServiceAccountToken": False,
    }
