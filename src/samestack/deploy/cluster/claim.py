"""One promotion at a time on a cluster: a Lease, made and changed only as the version that was read.

Kubernetes keeps Leases for this. Of two that make it at once one is told that it is there; of two that change
it, one that it has changed. A holder that is gone loses it by the cluster's own clock.
"""

import contextlib
import datetime as dt
from typing import Any, Final, NamedTuple

from samestack.deploy.cluster.cluster import Cluster, VersionConflictError
from samestack.deploy.cluster.objects import Object, ObjectKey, annotation, resource_version
from samestack.errors import OutsideError, RequestError
from samestack.outside.source_error import SourceError

SECONDS: Final = 60
"""How long a claim holds that nobody renews."""
WHO: Final = "dev.samestack.who"
CHECKOUT: Final = "dev.samestack.checkout"
_FORMAT: Final = "%Y-%m-%dT%H:%M:%S.%fZ"
_MOST_SHOWN: Final = 200


class Holder(NamedTuple):
    """Who claims."""

    promotion: str
    who: str
    checkout: str
    """Of which machine and directory: whoever claims excludes all others there by a file. So what was claimed
    from there is free: its process has ended."""


class Claim:
    """A cluster's workload, held by one promotion; see :func:`claimed`."""

    def __init__(self, cluster: Cluster, key: ObjectKey, lease: Object) -> None:
        self._cluster = cluster
        self._key = key
        self._lease = lease
        self._renewed = cluster.now()

    def renew(self) -> None:
        """Hold it for longer, if it is time to; :class:`OutsideError` where somebody else has taken it."""
        now = self._cluster.now()
        if now - self._renewed < dt.timedelta(seconds=SECONDS / 4):
            return
        self._write({**self._lease["spec"], "renewTime": now.strftime(_FORMAT)})
        self._renewed = now

    def release(self) -> None:
        """Let it go. Where the cluster cannot be reached for that, the claim ends by itself."""
        with contextlib.suppress(SourceError, OutsideError):
            self._write({**self._lease["spec"], "holderIdentity": ""})

    def _write(self, spec: dict[str, Any]) -> None:
        try:
            self._lease = self._cluster.replace(self._key, {**self._lease, "spec": spec})
        except VersionConflictError:
            message = f"{self._key}: another promotion has taken over, since this one was not heard of"
            hint = "see what it did: samestack deploy history"
            raise OutsideError(message, hint=hint) from None


def claimed(cluster: Cluster, name: str, holder: Holder) -> Claim:
    """Claim a workload; :class:`RequestError` says who else holds it, and since when."""
    key = ObjectKey("coordination.k8s.io/v1", "Lease", cluster.namespace, f"samestack-{name}")
    found = cluster.read(key)
    if found is not None and _is_held(found, holder, cluster.now()):
        raise _held(name, found)
    lease = _lease(key, cluster.now(), holder)
    try:
        if found is None:
            made = cluster.create(key, lease)
        else:
            metadata = {**lease["metadata"], "resourceVersion": resource_version(found)}
            made = cluster.replace(key, {**lease, "metadata": metadata})
    except VersionConflictError:
        raise _held(name, cluster.read(key)) from None
    return Claim(cluster, key, made)


def _lease(key: ObjectKey, now: dt.datetime, holder: Holder) -> dict[str, Any]:
    time = now.strftime(_FORMAT)
    annotations = {WHO: holder.who, CHECKOUT: holder.checkout}
    return {
        "apiVersion": key.version,
        "kind": key.kind,
        "metadata": {"name": key.name, "namespace": key.namespace, "annotations": annotations},
        "spec": {
            "holderIdentity": holder.promotion,
            "leaseDurationSeconds": SECONDS,
            "acquireTime": time,
            "renewTime": time,
        },
    }


def _is_held(found: Object, holder: Holder, now: dt.datetime) -> bool:
    """Whether somebody else holds it, who may still be at work."""
    spec = found.get("spec") or {}
    identity = str(spec.get("holderIdentity") or "")
    is_gone = annotation(found, CHECKOUT) == holder.checkout
    return bool(identity) and not is_gone and not _is_over(spec, now)


def _is_over(spec: Object, now: dt.datetime) -> bool:
    try:
        renewed = dt.datetime.strptime(str(spec.get("renewTime")), _FORMAT).replace(tzinfo=dt.UTC)
    except ValueError:  # nobody could renew it either
        return True
    return now - renewed > dt.timedelta(seconds=SECONDS)


def _held(name: str, lease: Object | None) -> RequestError:
    who = annotation(lease, WHO)[:_MOST_SHOWN] if lease else ""
    since = str((lease.get("spec") or {}).get("acquireTime") or "")[:_MOST_SHOWN] if lease else ""
    message = f"{name} is being deployed to by {who or 'somebody else'}"
    hint = "wait until it is done, take over its history (git pull), then run this again"
    return RequestError(f"{message}, since {since}" if since else message, hint=hint)
