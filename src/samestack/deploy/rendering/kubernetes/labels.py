"""What objects of a deployment are labelled with, and what is noted at them."""

from collections.abc import Mapping
from typing import Any, Final

from samestack.config.rendering.kubernetes_object import ObjectName
from samestack.deploy.deployment import CONFIGURATION_DIGEST, PROFILE, Deployment
from samestack.image.building.config import STACK_DIGEST

_NAME: Final = "app.kubernetes.io/name"
_SHORT: Final = 12
"""Hexadecimal digits of a digest that tell images apart to who looks."""


def selector(deployment: Deployment) -> Mapping[str, str]:
    """By what its pods are found. A Deployment can never change it: nothing that moves is in it."""
    return {_NAME: deployment.name}


def labels(deployment: Deployment) -> Mapping[str, str]:
    """The labels that Kubernetes recommends; the version is the beginning of the image's digest."""
    return {
        **selector(deployment),
        "app.kubernetes.io/version": deployment.image.digest.partition(":")[2][:_SHORT],
        "app.kubernetes.io/managed-by": "samestack",
    }


def annotations(deployment: Deployment) -> Mapping[str, str]:
    """Which stack, which profile, which configuration: a pod whose configuration changed is another pod."""
    said = {
        STACK_DIGEST: deployment.stack_digest,
        PROFILE: deployment.configuration.profile,
        CONFIGURATION_DIGEST: deployment.configuration.digest,
    }
    return {key: value for key, value in said.items() if value}


def metadata(deployment: Deployment, *, name: str = "") -> dict[str, Any]:
    """Of an object that is called as the deployment, unless a ``name`` is given."""
    named = ObjectName(name=name or deployment.name, namespace=deployment.namespace).metadata
    return {**named, "labels": dict(labels(deployment))}
