"""Manifests brought to a cluster: tried whole, then applied, the workload as the last."""

from collections.abc import Collection, Sequence
from typing import Any, Final

from samestack.deploy.cluster.cluster import ApplyRefusedError, Cluster, VersionConflictError
from samestack.deploy.cluster.objects import Object, ObjectKey, annotation, key_of, resource_version
from samestack.deploy.history import History
from samestack.errors import RequestError

PROMOTION: Final = "dev.samestack.promotion"
"""The annotation of a Deployment that says which promotion it comes from."""
_TRIES: Final = 5
_MOST_SHOWN: Final = 40


class Manifests:
    """The objects of one environment, one of which is its workload."""

    def __init__(self, documents: Sequence[Object], namespace: str) -> None:
        self._objects = {key_of(one, namespace): one for one in documents}
        workloads = [key for key in self._objects if key.kind == "Deployment"]
        if len(workloads) != 1:
            hint = "see: samestack deploy render"
            raise RequestError(f"the manifests have {len(workloads)} Deployments, and not one", hint=hint)
        self.workload: ObjectKey = workloads[0]

    @property
    def keys(self) -> Collection[ObjectKey]:
        """Which objects they are."""
        return self._objects.keys()

    def try_on(self, cluster: Cluster) -> None:
        """Let the cluster say whether it would take them all; nothing is changed."""
        for key, document in self._objects.items():
            cluster.apply(key, document, is_trial=True)

    def apply_to(self, cluster: Cluster, promotion: str, seen: str) -> None:
        """Apply them all; the workload, which is the last, only while it still says ``seen``.

        ``seen`` is the promotion that the workload came from when it was looked at.
        """
        for key, document in self._objects.items():
            if key != self.workload:
                cluster.apply(key, document)
        for _ in range(_TRIES):
            if self._has_applied_workload(cluster, promotion, seen):
                return
        raise VersionConflictError(f"{self.workload}: it changes faster than it can be applied")

    def take_away_from(self, cluster: Cluster, kept: "Manifests") -> None:
        """Take away what only these manifests have, and ``kept`` do not."""
        for key in self._objects:
            if key not in kept.keys:
                cluster.delete(key)

    def _has_applied_workload(self, cluster: Cluster, promotion: str, seen: str) -> bool:
        found = cluster.read(self.workload)
        if found is not None and annotation(found, PROMOTION) != seen:
            message = f"{self.workload}: another promotion has changed it since it was looked at"
            raise ApplyRefusedError(message, hint="take over its history (git pull), then run this again")
        try:
            cluster.apply(self.workload, self._marked(promotion, found))
        except VersionConflictError:
            return False
        return True

    def _marked(self, promotion: str, found: Object | None) -> Object:
        document = self._objects[self.workload]
        metadata: dict[str, Any] = dict(document["metadata"])
        metadata["annotations"] = {**(metadata.get("annotations") or {}), PROMOTION: promotion}
        if found is not None:
            metadata["resourceVersion"] = resource_version(found)
        return {**document, "metadata": metadata}


def promotion_seen(cluster: Cluster, workload: ObjectKey, history: History) -> str:
    """The promotion that a workload comes from; empty for none.

    :class:`RequestError` for one that the history does not know: somebody else's, on another machine.
    """
    found = cluster.read(workload)
    seen = annotation(found, PROMOTION) if found is not None else ""
    if seen and not history.knows(seen):
        message = f"{workload}: it comes from the promotion {seen[:_MOST_SHOWN]}, which {history.file} lacks"
        raise RequestError(message, hint="take over the history of who promoted it (git pull)")
    return seen
