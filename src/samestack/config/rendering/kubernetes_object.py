"""What every Kubernetes object has, by the rules of Kubernetes: a name, a namespace, no more than fits."""

import re
from collections.abc import Iterable, Mapping
from typing import Any, Final

from msgspec import Struct

from samestack.errors import RequestError

MAX_BYTES: Final = 1024 * 1024
"""The most that the values of one ConfigMap or one Secret may take."""
_MAX_NAME: Final = 253
_MAX_LABEL: Final = 63
_LABEL: Final = r"[a-z0-9](?:[a-z0-9-]*[a-z0-9])?"
_SUBDOMAIN: Final = re.compile(rf"{_LABEL}(?:\.{_LABEL})*", re.ASCII)
_NAMESPACE: Final = re.compile(_LABEL, re.ASCII)


class ObjectName(Struct, frozen=True, kw_only=True):
    """What an object is called, and where it stands."""

    name: str
    namespace: str = ""
    """Empty: wherever it is applied, or where Kustomize puts it."""

    @property
    def metadata(self) -> Mapping[str, Any]:
        """``metadata`` of the object; :class:`~samestack.errors.RequestError` for names that are none."""
        _check(self.name, _SUBDOMAIN, _MAX_NAME, "object")
        if not self.namespace:
            return {"name": self.name}
        _check(self.namespace, _NAMESPACE, _MAX_LABEL, "namespace")
        return {"name": self.name, "namespace": self.namespace}


def object_name_of(project: str) -> str:
    """A project's name as Kubernetes can have it; empty where nothing of it is left."""
    plain = re.sub(r"[^a-z0-9]+", "-", project.lower())[:_MAX_LABEL]
    return plain.strip("-")


def check_keys(names: Iterable[str]) -> None:
    """:class:`~samestack.errors.RequestError` for a variable that is too long to be a key."""
    for name in names:
        if len(name) > _MAX_NAME:
            raise RequestError(f"{name[:40]}...: a key of Kubernetes has at most {_MAX_NAME} characters")


def check_size(values: Iterable[str], kind: str) -> None:
    """:class:`~samestack.errors.RequestError` where values take more than one object may hold."""
    if sum(len(value.encode()) for value in values) > MAX_BYTES:
        said = f"the values take more than the {MAX_BYTES // 1024} KiB that one {kind} may hold"
        raise RequestError(said, hint="mount large values as files")


def _check(name: str, rule: re.Pattern[str], most: int, what: str) -> None:
    if len(name) > most or not rule.fullmatch(name):
        said = f"'{name[:80]}' can be the name of no Kubernetes {what}"
        hint = f"small letters, digits and -, a letter or digit at both ends, at most {most} characters"
        raise RequestError(said, hint=hint)
