"""Where External Secrets finds a secret, from where the resolver found it."""

from collections.abc import Mapping
from typing import Any, Final

from msgspec import Struct

from samestack.config.rendering.parting import Secret, parted
from samestack.config.resolution import Resolution

VAULT: Final = "vault"
SECRETS_MANAGER: Final = "aws-secrets"
PARAMETERS: Final = "aws-parameters"
STORE_KINDS: Final = (VAULT, SECRETS_MANAGER, PARAMETERS)
"""The kinds of sources that External Secrets reads, too."""


class RemoteReference(Struct, frozen=True, kw_only=True):
    """A secret in a store."""

    name: str
    """The variable."""
    kind: str
    """Of its source."""
    key: str
    """What is read: a path in Vault with its mount, a secret, a parameter."""
    property: str = ""
    """What of it; empty for all."""


def remote_references(resolution: Resolution) -> tuple[tuple[Secret, RemoteReference | None], ...]:
    """Every secret with its reference; ``None`` for one that stands in no such store."""
    options = {state.shown: state.settings.options for state in resolution.sources}
    secrets = parted(resolution).secrets
    return tuple((one, _reference(one, options.get(one.origin.source, {}))) for one in secrets)


def _reference(secret: Secret, options: Mapping[str, Any]) -> RemoteReference | None:
    kind, _, locator = secret.origin.source.partition(":")
    match kind:
        case "vault":
            path = _with_mount(locator.strip("/"), str(options.get("mount", "")).strip("/"))
            return RemoteReference(name=secret.name, kind=kind, key=path, property=secret.origin.key)
        case "aws-secrets":
            return RemoteReference(name=secret.name, kind=kind, key=locator, property=secret.origin.key)
        case "aws-parameters":
            return RemoteReference(name=secret.name, kind=kind, key=secret.origin.key)
        case _:
            return None


def _with_mount(path: str, mount: str) -> str:
    """The path in Vault with its mount, which the locator may leave to an option."""
    return path if not mount or path.startswith(f"{mount}/") else f"{mount}/{path}"
