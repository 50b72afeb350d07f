"""The configuration of a pod: a ConfigMap of what anyone may read, references to what is secret."""

from typing import Any, Final

from samestack.config.rendering.kubernetes_object import check_keys, check_size
from samestack.config.rendering.yaml_text import texts
from samestack.deploy.deployment import Deployment
from samestack.deploy.rendering.kubernetes.labels import metadata

SECRETS: Final = "/run/secrets"
VOLUME: Final = "secrets"
_MODE: Final = 0o440


def name_of(deployment: Deployment) -> str:
    """What its ConfigMap is called: not as the workload, which is what people call their own."""
    return f"{deployment.name}-configuration"


def config_map(deployment: Deployment, api: str) -> dict[str, Any]:
    """The object; :class:`~samestack.errors.RequestError` for what Kubernetes would refuse."""
    plain = deployment.configuration.plain
    check_keys(plain)
    check_size(plain.values(), "ConfigMap")
    data = {"data": texts(plain)} if plain else {}
    name = name_of(deployment)
    return {"apiVersion": api, "kind": "ConfigMap", "metadata": metadata(deployment, name=name), **data}


def variables(deployment: Deployment) -> dict[str, Any]:
    """``envFrom`` and ``env`` of the container.

    Each secret is named: one that is missing keeps the pod from starting, one that nobody declared stays out.
    """
    said: dict[str, Any] = {"envFrom": [{"configMapRef": {"name": name_of(deployment)}}]}
    if not deployment.has_secret_files and deployment.configuration.secrets:
        said["env"] = [
            {"name": one.variable, "valueFrom": {"secretKeyRef": {"name": one.secret, "key": one.key}}}
            for one in deployment.configuration.secrets
        ]
    return said


def secret_volume(deployment: Deployment) -> dict[str, Any] | None:
    """The volume of secrets as files, where they are files; its group alone may read it."""
    if not deployment.has_secret_files or not deployment.configuration.secrets:
        return None
    items: dict[str, list[dict[str, str]]] = {}
    for one in deployment.configuration.secrets:
        items.setdefault(one.secret, []).append({"key": one.key, "path": one.variable})
    sources = [{"secret": {"name": name, "items": said}} for name, said in items.items()]
    return {"name": VOLUME, "projected": {"defaultMode": _MODE, "sources": sources}}
