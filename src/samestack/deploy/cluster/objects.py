"""Objects of a cluster by kind, namespace and name."""

import re
from collections.abc import Mapping
from typing import Any, Final, NamedTuple

from samestack.errors import RequestError

Object = Mapping[str, Any]
"""An object as Kubernetes has it, in JSON."""
PLURALS: Final[Mapping[str, str]] = {
    "ConfigMap": "configmaps",
    "Deployment": "deployments",
    "ExternalSecret": "externalsecrets",
    "HorizontalPodAutoscaler": "horizontalpodautoscalers",
    "Ingress": "ingresses",
    "Lease": "leases",
    "NetworkPolicy": "networkpolicies",
    "PodDisruptionBudget": "poddisruptionbudgets",
    "Role": "roles",
    "RoleBinding": "rolebindings",
    "Secret": "secrets",
    "Service": "services",
    "ServiceAccount": "serviceaccounts",
}
"""The kinds that are brought to a cluster, all of a namespace, and what paths call them."""
_VERSION: Final = re.compile(r"([a-z0-9.-]+/)?v[a-z0-9]+", re.ASCII)
_NAME: Final = re.compile(r"[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?", re.ASCII)


class ObjectKey(NamedTuple):
    """Which object."""

    version: str
    """``apps/v1``"""
    kind: str
    namespace: str
    name: str

    def __str__(self) -> str:
        return f"{self.kind} {self.namespace}/{self.name}"

    @property
    def collection(self) -> str:
        """The path of all objects of the kind in the namespace."""
        group = "apis" if "/" in self.version else "api"
        return f"/{group}/{self.version}/namespaces/{self.namespace}/{PLURALS[self.kind]}"

    @property
    def path(self) -> str:
        """The path of the object."""
        return f"{self.collection}/{self.name}"


def key_of(document: Object, namespace: str) -> ObjectKey:
    """The key of an object, in ``namespace`` where it says none.

    :class:`RequestError` for kinds that are not known, and for names that could stand for another path.
    """
    metadata = document["metadata"]
    key = ObjectKey(
        str(document["apiVersion"]),
        str(document["kind"]),
        str(metadata.get("namespace") or namespace),
        str(metadata["name"]),
    )
    if key.kind not in PLURALS:
        hint = f"apply it by other means; known are {', '.join(PLURALS)}"
        raise RequestError(f"{key.kind[:80]}: objects of this kind are not applied", hint=hint)
    if not (_VERSION.fullmatch(key.version) and _NAME.fullmatch(key.namespace) and _NAME.fullmatch(key.name)):
        raise RequestError(f"{str(key)[:300]}: not the name of an object")
    return key


def resource_version(document: Object) -> str:
    """The version of an object that was read; every change changes it."""
    return str(document["metadata"].get("resourceVersion", ""))


def annotation(document: Object, name: str) -> str:
    """An annotation of an object; empty where it has none."""
    return str((document["metadata"].get("annotations") or {}).get(name, ""))
