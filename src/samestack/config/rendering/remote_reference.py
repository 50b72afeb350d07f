"""Where External Secrets finds a secret, from where the resolver found it."""

from typing import Final

from msgspec import Struct

from samestack.config.rendering.parting import Secret

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


def remote_reference(secret: Secret) -> RemoteReference | None:
    """The reference; ``None`` for a secret that stands in no such store."""
    kind, _, locator = secret.origin.source.partition(":")
    match kind:
        case "vault" | "aws-secrets":
            return RemoteReference(name=secret.name, kind=kind, key=locator, property=_key(secret))
        case "aws-parameters":
            return RemoteReference(name=secret.name, kind=kind, key=f"{locator.rstrip('/')}/{_key(secret)}")
        case _:
            return None


def _key(secret: Secret) -> str:
    return secret.name
