"""A FAKE cluster in memory: objects with versions and owners of fields, and no pods.

It knows of Kubernetes what ``cluster_contract.py`` says, which the real API server is held to as well.
"""

import copy
import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from samestack.deploy.cluster.cluster import (
    FIELD_MANAGER,
    ApplyRefusedError,
    FieldConflictError,
    VersionConflictError,
)
from samestack.deploy.cluster.objects import Object, ObjectKey, resource_version

Path = tuple[str, ...]
_NAMING = {("apiVersion",), ("kind",), ("metadata", "name"), ("metadata", "namespace")}
_VERSION = ("metadata", "resourceVersion")


def _nothing(step: str) -> None:
    """Nothing happens at a step."""


def _no_pods(deployment: Object) -> Mapping[str, Any]:
    return {}


class MemoryCluster:
    """The fake."""

    def __init__(self) -> None:
        self.namespace = "helpdesk"
        self.objects: dict[ObjectKey, dict[str, Any]] = {}
        self.step: Callable[[str], None] = _nothing
        """Called before and after every change, and before every read: a test can fail there."""
        self.status: Callable[[Object], Mapping[str, Any]] = _no_pods
        """What the pods of a Deployment come to; no kubelet runs here."""
        self.time = dt.datetime(2026, 11, 25, tzinfo=dt.UTC)
        self._owners: dict[ObjectKey, dict[Path, set[str]]] = {}
        self._versions = 0

    def now(self) -> dt.datetime:
        return self.time

    def read(self, key: ObjectKey) -> Object | None:
        self.step(f"read {key.kind}")
        found = self.objects.get(key)
        if found is None:
            return None
        if key.kind == "Deployment":
            found["status"] = dict(self.status(found))
        return copy.deepcopy(found)

    def create(self, key: ObjectKey, document: Object) -> Object:
        if key in self.objects:
            raise VersionConflictError(f"{key}: it is there")
        return self._changed(key, lambda: self._store(key, copy.deepcopy(dict(document))))

    def replace(self, key: ObjectKey, document: Object) -> Object:
        self._check_version(key, document)
        return self._changed(key, lambda: self._store(key, copy.deepcopy(dict(document))))

    def apply(self, key: ObjectKey, document: Object, *, is_trial: bool = False) -> Object:
        return self.apply_as(FIELD_MANAGER, key, document, is_trial=is_trial)

    def apply_as(
        self, manager: str, key: ObjectKey, document: Object, *, is_trial: bool = False, forces: bool = False
    ) -> Object:
        """Apply as a manager of fields, by force or not."""
        if resource_version(document):
            self._check_version(key, document)
        if key.kind == "ConfigMap" and any(" " in name for name in document.get("data", {})):
            raise ApplyRefusedError(f"{key}: the cluster does not take it: data")
        fields = {path: value for path, value in _leaves(document) if path not in {*_NAMING, _VERSION}}
        if not forces:
            self._check_owners(manager, key, fields)
        if is_trial:
            return copy.deepcopy(self.objects.get(key, dict(document)))
        return self._changed(key, lambda: self._merge(manager, key, fields))

    def delete(self, key: ObjectKey) -> None:
        self.step(f"before {key.kind} goes")
        self.objects.pop(key, None)
        self._owners.pop(key, None)
        self.step(f"after {key.kind} went")

    def _changed(self, key: ObjectKey, change: Callable[[], Object]) -> Object:
        self.step(f"before {key.kind}")
        made = change()
        self.step(f"after {key.kind}")
        return made

    def _merge(self, manager: str, key: ObjectKey, fields: Mapping[Path, Any]) -> Object:
        found = self.objects.get(key) or {
            "apiVersion": key.version,
            "kind": key.kind,
            "metadata": {"name": key.name, "namespace": key.namespace},
        }
        merged = copy.deepcopy(found)
        owners = self._owners.setdefault(key, {})
        for path, value in fields.items():
            _set(merged, path, value)
            owners[path] = {manager} | (owners.get(path, set()) if _get(found, path) == value else set())
        for path in [one for one, who in owners.items() if manager in who and one not in fields]:
            owners[path].discard(manager)
            if not owners[path]:
                del owners[path]
                _unset(merged, path)
        return self._store(key, merged)

    def _store(self, key: ObjectKey, document: dict[str, Any]) -> Object:
        before = self.objects.get(key, {})
        self._versions += 1
        metadata = document.setdefault("metadata", {})
        is_new = before.get("spec") != document.get("spec")
        metadata["resourceVersion"] = str(self._versions)
        metadata["generation"] = before.get("metadata", {}).get("generation", 0) + int(is_new)
        self.objects[key] = document
        return copy.deepcopy(document)

    def _check_version(self, key: ObjectKey, document: Object) -> None:
        found = self.objects.get(key)
        if found is None or resource_version(found) != resource_version(document):
            raise VersionConflictError(f"{key}: it has changed")

    def _check_owners(self, manager: str, key: ObjectKey, fields: Mapping[Path, Any]) -> None:
        for path, value in fields.items():
            others = self._owners.get(key, {}).get(path, set()) - {manager}
            if others and _get(self.objects[key], path) != value:
                message = f"{key}: .{'.'.join(path)} is set by '{min(others)}'"
                raise FieldConflictError(message, hint="leave it out of what is rendered")


def _leaves(value: Any, path: Path = ()) -> Iterator[tuple[Path, Any]]:
    if isinstance(value, Mapping):
        for name, below in value.items():
            yield from _leaves(below, (*path, name))
    else:
        yield path, value


def _get(value: Any, path: Path) -> Any:
    for name in path:
        value = value.get(name) if isinstance(value, Mapping) else None
    return value


def _set(document: dict[str, Any], path: Path, value: Any) -> None:
    for name in path[:-1]:
        document = document.setdefault(name, {})
    document[path[-1]] = value


def _unset(document: dict[str, Any], path: Path) -> None:
    for name in path[:-1]:
        document = document.get(name, {})
    document.pop(path[-1], None)
