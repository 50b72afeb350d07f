"""How many pods there are: more where there is more to do, and never all gone at once."""

from typing import Any

from samestack.deploy.deployment import Deployment
from samestack.deploy.rendering.kubernetes.labels import metadata, selector
from samestack.deploy.scale import CPU, Autoscaling


def autoscaler(
    deployment: Deployment, autoscaling: Autoscaling, api: str, workload_api: str
) -> dict[str, Any]:
    """The HorizontalPodAutoscaler; ``autoscaling/v2beta2`` and ``v2`` say it in the same words."""
    target = {"type": "Utilization", "averageUtilization": autoscaling.cpu}
    return {
        "apiVersion": api,
        "kind": "HorizontalPodAutoscaler",
        "metadata": metadata(deployment),
        "spec": {
            "scaleTargetRef": {"apiVersion": workload_api, "kind": "Deployment", "name": deployment.name},
            "minReplicas": autoscaling.minimum,
            "maxReplicas": autoscaling.maximum,
            "metrics": [{"type": "Resource", "resource": {"name": CPU, "target": target}}],
        },
    }


def disruption_budget(deployment: Deployment, api: str) -> dict[str, Any]:
    """The PodDisruptionBudget: one at a time, which never keeps a node from being emptied."""
    return {
        "apiVersion": api,
        "kind": "PodDisruptionBudget",
        "metadata": metadata(deployment),
        "spec": {"maxUnavailable": 1, "selector": {"matchLabels": dict(selector(deployment))}},
    }
