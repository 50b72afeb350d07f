"""How pods are reached: a Service, and where it is wanted, nothing beside."""

from typing import Any

from samestack.deploy.deployment import Deployment
from samestack.deploy.rendering.kubernetes.labels import metadata, selector
from samestack.deploy.rendering.kubernetes.probes import PORT


def service(deployment: Deployment, api: str) -> dict[str, Any]:
    """The Service, within the cluster: who lets the world in does so at one place for all."""
    port = {"name": PORT, "port": deployment.port, "targetPort": PORT, "protocol": "TCP"}
    return {
        "apiVersion": api,
        "kind": "Service",
        "metadata": metadata(deployment),
        "spec": {"type": "ClusterIP", "selector": dict(selector(deployment)), "ports": [port]},
    }


def network_policy(deployment: Deployment, api: str) -> dict[str, Any]:
    """The NetworkPolicy: only its port can be reached; whom the program asks is not limited."""
    ports = [{"port": PORT, "protocol": "TCP"}]
    let_in = {"ingress": [{"ports": ports}]} if deployment.port else {}
    return {
        "apiVersion": api,
        "kind": "NetworkPolicy",
        "metadata": metadata(deployment),
        "spec": {
            "podSelector": {"matchLabels": dict(selector(deployment))},
            "policyTypes": ["Ingress"],
            **let_in,
        },
    }
