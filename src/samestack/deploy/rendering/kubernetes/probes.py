"""The three questions that Kubernetes asks of a container: has it started, does it live, is it ready?"""

from typing import Any, Final

from samestack.deploy.deployment import Deployment

PORT: Final = "http"
_START_PERIOD: Final = 5
"""Seconds between two questions while it starts: who waits for a roll-out waits for them."""


def probes(deployment: Deployment) -> dict[str, Any]:
    """The probes of the container; none where nothing can be asked."""
    question = _question(deployment)
    if question is None:
        return {}
    health = deployment.health
    period = min(_START_PERIOD, health.interval)
    asked = {**question, "timeoutSeconds": health.timeout}
    steady = {**asked, "periodSeconds": health.interval, "failureThreshold": health.failures}
    starting = {"periodSeconds": period, "failureThreshold": -(-health.start // period)}
    return {"startupProbe": {**asked, **starting}, "livenessProbe": steady, "readinessProbe": steady}


def _question(deployment: Deployment) -> dict[str, Any] | None:
    health = deployment.health
    if health.path and deployment.port:
        return {"httpGet": {"path": health.path, "port": PORT}}
    if health.command:
        return {"exec": {"command": list(health.command)}}
    return {"tcpSocket": {"port": PORT}} if deployment.port else None
