"""An ExternalSecret of external-secrets.io: every secret by where it stands, none by its value."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from msgspec import Struct, field

from samestack.config.rendering.kubernetes_object import ObjectName, check_keys
from samestack.config.rendering.parting import Secret
from samestack.config.rendering.remote_reference import STORE_KINDS, RemoteReference, remote_references
from samestack.config.rendering.yaml_text import yaml_text
from samestack.config.resolution import Resolution
from samestack.errors import RequestError

_REFRESHED: Final = "1h0m0s"


class SecretStores(Struct, frozen=True, kw_only=True):
    """What the stores are called in the cluster."""

    names: Mapping[str, str] = field(default_factory=dict)
    """By the kind of the source; one that is not there is called as its kind."""
    is_of_cluster: bool = False
    """Whether they are ClusterSecretStores."""

    def reference(self, kind: str) -> Mapping[str, str]:
        """``secretStoreRef`` for the secrets of a kind of source."""
        name = ObjectName(name=self.names.get(kind, kind)).metadata["name"]
        return {"name": name, "kind": "ClusterSecretStore" if self.is_of_cluster else "SecretStore"}


def external_secret(resolution: Resolution, name: ObjectName, stores: SecretStores) -> str:
    """The object as YAML; secrets of no store that it could refer to are left out (:func:`unreferred`).

    :class:`~samestack.errors.RequestError` where that is all of them, and for names that are none.
    """
    references = [one for _, one in remote_references(resolution) if one is not None]
    if not references:
        said = f"no secret of the profile '{resolution.profile}' stands in a store that it could refer to"
        raise RequestError(said, hint=f"those are {', '.join(STORE_KINDS)}")
    check_keys(one.name for one in references)
    return yaml_text(
        {
            "apiVersion": "external-secrets.io/v1",
            "kind": "ExternalSecret",
            "metadata": name.metadata,
            "spec": {
                "refreshInterval": _REFRESHED,
                "secretStoreRef": stores.reference(references[0].kind),
                "target": {"name": name.name, "creationPolicy": "Owner"},
                "data": _data(references, stores),
            },
        }
    )


def unreferred(resolution: Resolution) -> tuple[Secret, ...]:
    """The secrets that stand in no store that an ExternalSecret could refer to."""
    return tuple(secret for secret, one in remote_references(resolution) if one is None)


def _data(references: Sequence[RemoteReference], stores: SecretStores) -> list[dict[str, Any]]:
    """An item each; those of another store than the first name theirs."""
    first = references[0].kind
    return [_item(one, {} if one.kind == first else stores.reference(one.kind)) for one in references]


def _item(reference: RemoteReference, store: Mapping[str, str]) -> dict[str, Any]:
    remote = {"key": reference.key}
    if reference.property:
        remote["property"] = reference.property
    item: dict[str, Any] = {"secretKey": reference.name, "remoteRef": remote}
    return {**item, "sourceRef": {"storeRef": store}} if store else item
