"""The pod of a deployment: one container that may do no more than it has to."""

from collections.abc import Iterator
from typing import Any

from samestack.deploy.deployment import Deployment
from samestack.deploy.rendering.kubernetes.configuration import SECRETS, VOLUME, secret_volume, variables
from samestack.deploy.rendering.kubernetes.nodes import GPU, placement
from samestack.deploy.rendering.kubernetes.probes import PORT, probes


def pod(deployment: Deployment) -> dict[str, Any]:
    """``spec`` of the pod."""
    said: dict[str, Any] = {
        "serviceAccountName": deployment.name,
        "automountServiceAccountToken": False,
        # Else a service called helpdesk would set HELPDESK_PORT=tcp://..., over the variable of that name.
        "enableServiceLinks": False,
        "securityContext": {
            "runAsNonRoot": True,
            "runAsUser": deployment.user,
            "runAsGroup": deployment.group,
            "fsGroup": deployment.group,
            "seccompProfile": {"type": "RuntimeDefault"},
        },
        **placement(deployment),
        "containers": [_container(deployment)],
    }
    volumes = list(_volumes(deployment))
    return {**said, "volumes": volumes} if volumes else said


def _container(deployment: Deployment) -> dict[str, Any]:
    said: dict[str, Any] = {
        "name": deployment.name,
        "image": str(deployment.image),
        "imagePullPolicy": "IfNotPresent",
        **variables(deployment),
    }
    if deployment.port:
        said["ports"] = [{"name": PORT, "containerPort": deployment.port, "protocol": "TCP"}]
    said |= probes(deployment)
    resources = _resources(deployment)
    if resources:
        said["resources"] = resources
    said["securityContext"] = {
        "allowPrivilegeEscalation": False,
        "privileged": False,
        "readOnlyRootFilesystem": True,
        "capabilities": {"drop": ["ALL"]},
    }
    mounts = list(_mounts(deployment))
    return {**said, "volumeMounts": mounts} if mounts else said


def _resources(deployment: Deployment) -> dict[str, Any]:
    """GPUs cannot be promised and limited apart: Kubernetes wants both to be the same."""
    resources = deployment.scale.resources
    gpus = {GPU: str(deployment.gpus)} if deployment.gpus else {}
    said = {"requests": {**resources.requests, **gpus}, "limits": {**resources.limits, **gpus}}
    return {key: dict(sorted(values.items())) for key, values in said.items() if values}


def _mounts(deployment: Deployment) -> Iterator[dict[str, Any]]:
    for index, path in enumerate(deployment.writable):
        yield {"name": f"writable-{index}", "mountPath": path}
    if secret_volume(deployment) is not None:
        yield {"name": VOLUME, "mountPath": SECRETS, "readOnly": True}


def _volumes(deployment: Deployment) -> Iterator[dict[str, Any]]:
    for index, _ in enumerate(deployment.writable):
        yield {"name": f"writable-{index}", "emptyDir": {}}
    secrets = secret_volume(deployment)
    if secrets is not None:
        yield secrets
