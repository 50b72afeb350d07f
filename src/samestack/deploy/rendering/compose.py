"""A Compose file of a deployment: one service that may do no more than it has to."""

from collections.abc import Iterator
from typing import Any, Final

from samestack.config.rendering.compose import DIRECTORY
from samestack.config.rendering.yaml_text import Text, yaml_text
from samestack.deploy.deployment import Deployment
from samestack.deploy.rendering.health_command import health_command
from samestack.deploy.rendering.kubernetes.labels import annotations
from samestack.deploy.scale import CPU, MEMORY, quantity

HEADER: Final = (
    "# Written by samestack deploy render: change what it is made from, or put another file over it.\n"
)
_HOST: Final = "127.0.0.1"
"""Who lets the world in has a proxy on this machine."""


def compose_document(deployment: Deployment) -> dict[str, Any]:
    """The document, in the words of the Compose Specification."""
    document: dict[str, Any] = {"name": deployment.name, "services": {deployment.name: _service(deployment)}}
    if _secret_files(deployment):
        document["secrets"] = {name: {"file": f"{DIRECTORY}/{name}"} for name in _secret_files(deployment)}
    return document


def compose_text(deployment: Deployment) -> str:
    """The file."""
    return HEADER + yaml_text(compose_document(deployment))


def compose_notes(deployment: Deployment) -> Iterator[str]:
    """What the file leaves to others, in a sentence each."""
    names = ", ".join(one.variable for one in deployment.configuration.secrets)
    if not names:
        return
    if deployment.has_secret_files:
        yield f"Compose reads the secrets {names} from the files of their names in {DIRECTORY}"
    else:
        command = f"samestack run --profile {deployment.configuration.profile} -- docker compose up"
        yield f"Compose takes the secrets {names} from its own environment: {command}"


def _service(deployment: Deployment) -> dict[str, Any]:
    said: dict[str, Any] = {
        "image": str(deployment.image),
        "platform": f"{deployment.platform.os}/{deployment.platform.architecture}",
        "user": Text(f"{deployment.user}:{deployment.group}"),
        "environment": _environment(deployment),
    }
    if _secret_files(deployment):
        said["secrets"] = _secret_files(deployment)
    if deployment.port:
        said["ports"] = [Text(f"{_HOST}:{deployment.port}:{deployment.port}")]
    said |= _healthcheck(deployment)
    if deployment.writable:
        said["tmpfs"] = list(deployment.writable)
    return {
        **said,
        "read_only": True,
        "cap_drop": ["ALL"],
        "security_opt": ["no-new-privileges:true"],
        "restart": "unless-stopped",
        **_deploy(deployment),
        "labels": dict(annotations(deployment)),
    }


def _environment(deployment: Deployment) -> dict[str, Text | None]:
    """The variables by name; one without a value is taken from the environment of Compose itself."""
    configuration = deployment.configuration
    said: dict[str, Text | None] = {name: _literal(text) for name, text in configuration.plain.items()}
    if not deployment.has_secret_files:
        said |= dict.fromkeys(one.variable for one in configuration.secrets)
    return dict(sorted(said.items()))


def _secret_files(deployment: Deployment) -> list[str]:
    return [one.variable for one in deployment.configuration.secrets] if deployment.has_secret_files else []


def _healthcheck(deployment: Deployment) -> dict[str, Any]:
    command, health = health_command(deployment), deployment.health
    if not command:
        return {}
    return {
        "healthcheck": {
            "test": ["CMD", *map(_literal, command)],
            "interval": f"{health.interval}s",
            "timeout": f"{health.timeout}s",
            "start_period": f"{health.start}s",
            "retries": health.failures,
        }
    }


def _deploy(deployment: Deployment) -> dict[str, Any]:
    """``deploy.resources``; one service is one container, whatever the platform would scale it to."""
    resources = deployment.scale.resources
    said = {"limits": _amounts(resources.limits), "reservations": _amounts(resources.requests)}
    if deployment.gpus:
        device = {"driver": "nvidia", "count": deployment.gpus, "capabilities": ["gpu"]}
        said["reservations"]["devices"] = [device]
    parts = {key: values for key, values in said.items() if values}
    return {"deploy": {"resources": parts}} if parts else {}


def _amounts(values: Any) -> dict[str, Any]:  # noqa: ANN401 - quantities by name
    """Cores and bytes in Compose's words: it does not know ``250m`` and takes ``512M`` for ``512Mi``."""
    said: dict[str, Any] = {}
    cores, memory = quantity(values.get(CPU, "")), quantity(values.get(MEMORY, ""))
    if cores:
        said["cpus"] = Text(f"{cores.normalize():f}")
    if memory:
        said["memory"] = Text(f"{memory:.0f}b")
    return said


def _literal(text: str) -> Text:
    """A text in which Compose replaces nothing."""
    return Text(text.replace("$", "$$"))
