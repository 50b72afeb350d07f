"""The real cluster: objects by the interface of Kubernetes, applied on the server's side."""

import datetime as dt
import re
from collections.abc import Iterator, Mapping
from typing import Final

from samestack.capture.kubernetes.access import access
from samestack.capture.kubernetes.refusal import refusal
from samestack.capture.kubernetes.way import Way
from samestack.deploy.cluster.cluster import (
    FIELD_MANAGER,
    ApplyRefusedError,
    FieldConflictError,
    VersionConflictError,
)
from samestack.deploy.cluster.exchange import APPLY, Answer, Exchange, Request
from samestack.deploy.cluster.objects import Object, ObjectKey
from samestack.outside.source_error import Reason, SourceError

_SECONDS: Final = 20.0
_MANAGER: Final = re.compile(r'conflict with "([^"]{1,128})"')
_MOST_CAUSES: Final = 8
_MOST_SHOWN: Final = 200


class KubernetesCluster:
    """See :class:`~samestack.deploy.cluster.cluster.Cluster`."""

    def __init__(self, way: Way, namespace: str, shown: str, seconds: float = _SECONDS) -> None:
        self.namespace = namespace
        self._shown = shown
        self._exchange = Exchange(lambda: access(way, shown, seconds), way.variables, seconds, shown)
        self._time = dt.datetime.now(dt.UTC)

    def now(self) -> dt.datetime:
        """As the interface says."""
        return self._time

    def read(self, key: ObjectKey) -> Object | None:
        """As the interface says."""
        answer = self._ask(Request("GET", key.path))
        return None if _is_absent(answer) else self._object(answer, key)

    def create(self, key: ObjectKey, document: Object) -> Object:
        """As the interface says."""
        query = {"fieldManager": FIELD_MANAGER}
        return self._object(self._ask(Request("POST", key.collection, query, document)), key)

    def replace(self, key: ObjectKey, document: Object) -> Object:
        """As the interface says."""
        answer = self._ask(Request("PUT", key.path, {"fieldManager": FIELD_MANAGER}, document))
        if _is_absent(answer):
            raise VersionConflictError(f"{key}: it is gone")
        return self._object(answer, key)

    def apply(self, key: ObjectKey, document: Object, *, is_trial: bool = False) -> Object:
        """As the interface says."""
        query = {"fieldManager": FIELD_MANAGER, "force": "false", **({"dryRun": "All"} if is_trial else {})}
        return self._object(self._ask(Request("PATCH", key.path, query, document, APPLY)), key)

    def delete(self, key: ObjectKey) -> None:
        """As the interface says."""
        answer = self._ask(Request("DELETE", key.path, {"propagationPolicy": "Background"}))
        if not _is_absent(answer):
            self._object(answer, key)

    def _ask(self, request: Request) -> Answer:
        answer = self._exchange.ask(request)
        self._time = answer.time
        return answer

    def _object(self, answer: Answer, key: ObjectKey) -> Object:
        """The object of an answer, or the error that it is. The server's own words can quote values."""
        if answer.status < 300:
            return answer.document
        if answer.status == 409:
            raise _conflict(answer.document, key)
        if answer.status == 404:
            message = f"{key}: the cluster has no such namespace, or nothing of this kind of {key.version}"
            raise ApplyRefusedError(message, hint="set kubernetes in [tool.samestack.deploy] to its version")
        if answer.status in {400, 422}:
            raise ApplyRefusedError(_refused(answer, key))
        raise self._unanswered(answer.status, key)

    def _unanswered(self, status: int, key: ObjectKey) -> SourceError:
        if status == 403:
            hint = f"see: kubectl auth can-i patch {key.kind.lower()}/{key.name} -n {key.namespace}"
            return SourceError(self._shown, Reason.DENIED, f"{key} may not be changed", hint=hint)
        return refusal(status, key.kind, key.namespace, key.name, self._shown)


def _is_absent(answer: Answer) -> bool:
    """Whether it is the object that is missing, and not its kind or the whole path."""
    return answer.status == 404 and answer.document.get("reason") == "NotFound"


def _conflict(status: Object, key: ObjectKey) -> FieldConflictError | VersionConflictError:
    fields = [one for one in _causes(status) if one.get("reason") == "FieldManagerConflict"]
    if not fields:
        return VersionConflictError(f"{key}: it has changed since it was read")
    words = [f"{_shown(one.get('field'))} is set by {_manager(one)}" for one in fields[:_MOST_CAUSES]]
    more = f" and {len(fields) - _MOST_CAUSES} more" if len(fields) > _MOST_CAUSES else ""
    hint = (
        f"if the field is ours alone, give it up there: kubectl get {key.kind.lower()} {key.name} "
        f"-n {key.namespace} --show-managed-fields -o yaml; else leave it out of what is rendered"
    )
    return FieldConflictError(f"{key}: {'; '.join(words)}{more}", hint=hint)


def _refused(answer: Answer, key: ObjectKey) -> str:
    """What is wrong, by fields and reasons."""
    words = [f"{_shown(one.get('field'))}: {_shown(one.get('reason'))}" for one in _causes(answer.document)]
    reason = _shown(answer.document.get("reason") or f"status {answer.status}")
    said = "; ".join(words[:_MOST_CAUSES])
    return f"{key}: the cluster does not take it: {f'{reason}: {said}' if said else reason}"


def _causes(status: Object) -> Iterator[Mapping[str, object]]:
    details = status.get("details")
    causes = details.get("causes") if isinstance(details, dict) else None
    return (one for one in causes or () if isinstance(one, dict))


def _manager(cause: Mapping[str, object]) -> str:
    found = _MANAGER.search(str(cause.get("message")))
    return f"'{_shown(found[1])}'" if found else "another manager"


def _shown(said: object) -> str:
    return str(said or "it")[:_MOST_SHOWN]
