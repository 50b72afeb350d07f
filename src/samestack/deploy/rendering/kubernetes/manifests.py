"""All objects of a deployment, in the order in which they are applied."""

from collections.abc import Iterator, Mapping
from typing import Any

from samestack.deploy.deployment import Deployment
from samestack.deploy.rendering.kubernetes.api_versions import ApiVersions
from samestack.deploy.rendering.kubernetes.availability import autoscaler, disruption_budget
from samestack.deploy.rendering.kubernetes.configuration import config_map
from samestack.deploy.rendering.kubernetes.exposure import network_policy, service
from samestack.deploy.rendering.kubernetes.workload import service_account, workload

Document = Mapping[str, Any]


def manifests(deployment: Deployment) -> tuple[Document, ...]:
    """The documents, the same for the same deployment; what a pod refers to stands before it.

    :class:`~samestack.errors.RequestError` for what Kubernetes would refuse, and for a range of versions that
    no API is served throughout.
    """
    return tuple(_manifests(deployment, ApiVersions(deployment.kubernetes)))


def notes(deployment: Deployment) -> tuple[str, ...]:
    """What the manifests leave to others, and what they cannot hold, in a sentence each."""
    kinds = (str(document["kind"]) for document in manifests(deployment))
    return (*ApiVersions(deployment.kubernetes).notes(kinds), *_secrets(deployment))


def _manifests(deployment: Deployment, apis: ApiVersions) -> Iterator[Document]:
    yield service_account(deployment, apis.of("ServiceAccount"))
    yield config_map(deployment, apis.of("ConfigMap"))
    if deployment.is_closed:
        yield network_policy(deployment, apis.of("NetworkPolicy"))
    if deployment.port:
        yield service(deployment, apis.of("Service"))
    yield workload(deployment, apis.of("Deployment"))
    yield disruption_budget(deployment, apis.of("PodDisruptionBudget"))
    autoscaling = deployment.scale.autoscaling
    if autoscaling is not None:
        yield autoscaler(deployment, autoscaling, apis.of("HorizontalPodAutoscaler"), apis.of("Deployment"))


def _secrets(deployment: Deployment) -> Iterator[str]:
    keys: dict[str, list[str]] = {}
    for one in deployment.configuration.secrets:
        keys.setdefault(one.secret, []).append(one.key)
    for name, names in keys.items():
        yield (
            f"the Secret {name} is to be there with {', '.join(names)}: "
            "samestack config render --to external-secret makes one that is filled from a store"
        )
