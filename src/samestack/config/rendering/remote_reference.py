"""Where External Secrets finds a secret, from where the resolver found it."""

from collections.abc import Mapping
from typing import Any, Final

from msgspec import Struct

from samestack.config.names import variable_name
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
    """Every secret with its reference; ``None`` for one that stands in no such store.

    A key in a store is taken to be called as the variable is: origins do not tell how it is written there.
    """
    options = {state.shown: state.settings.options for state in resolution.sources}
    secrets = parted(resolution).secrets
    return tuple((one, _reference(one, options.get(one.origin.source, {}))) for one in secrets)


def _reference(secret: Secret, options: Mapping[str, Any]) -> RemoteReference | None:
    kind, _, locator = secret.origin.source.partition(":")
    match kind:
        case "vault":
            key = _with_mount(locator.strip("/"), str(options.get("mount", "")).strip("/"))
            return RemoteReference(name=secret.name, kind=kind, key=key, property=secret.name)
        case "aws-secrets":
            inner = "" if _is_whole(secret.name, locator, options) else secret.name
            return RemoteReference(name=secret.name, kind=kind, key=locator, property=inner)
        case "aws-parameters":
            return RemoteReference(name=secret.name, kind=kind, key=f"{locator.rstrip('/')}/{secret.name}")
        case _:
            return None


def _with_mount(path: str, mount: str) -> str:
    """The path in Vault with its mount, which the locator may leave to an option."""
    return path if not mount or path.startswith(f"{mount}/") else f"{mount}/{path}"


def _is_whole(name: str, locator: str, options: Mapping[str, Any]) -> bool:
    """Whether the variable is all the text of a secret, called as it is, and no key of a document in it."""
    said = str(options.get("variable") or locator.rpartition("/")[2])
    return variable_name((said,)) == name
