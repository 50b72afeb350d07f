"""How a cluster is reached: by the user's kubeconfig, or by the service account of the pod that this is."""

from pathlib import Path
from typing import Final

from msgspec import Struct

from samestack.capture.kubernetes.credentials import Trust, credentials
from samestack.capture.kubernetes.kubeconfig import (
    KubeconfigFiles,
    chosen_context,
    kubeconfig_files,
)
from samestack.capture.kubernetes.way import Way
from samestack.errors import InputError
from samestack.outside.local_file import read_local
from samestack.outside.server_address import server_address
from samestack.outside.source_error import Reason, SourceError

_SERVICE_ACCOUNT: Final = Path("/var/run/secrets/kubernetes.io/serviceaccount")
"""Where Kubernetes puts a pod's token, its certificate authority and its namespace."""
_LOOPBACK: Final = frozenset({"localhost", "127.0.0.1", "::1"})


class Access(Struct, frozen=True, kw_only=True):
    """A server, and who one is to it. Its representation shows no token and no key."""

    server: str
    namespace: str
    """Where no other is named."""
    token: str = ""
    authority: bytes = b""
    """The certificates that the server's is held against, in PEM; empty for those of this machine."""
    certificate: bytes = b""
    """The client's own, and its key, in PEM; empty where a token says who one is."""
    key: bytes = b""
    checks_certificate: bool = True
    server_name: str = ""
    """The name in the server's certificate, where that is not the host in its address."""
    proxy: str = ""

    def __repr__(self) -> str:
        return f"Access({self.server}, {self.namespace})"


def access(way: Way, shown: str, seconds: float) -> Access:
    """The way in, as kubectl finds it: the kubeconfig if there is one, else the pod's service account.

    ``seconds`` bounds a program that gives credentials. :class:`SourceError` where there is no way in.
    """
    files = kubeconfig_files(way)
    if files.paths:
        found = _of_kubeconfig(files, way, shown, seconds)
    elif way.variables.get("KUBERNETES_SERVICE_HOST"):
        found = _service_account(way, shown)
    else:
        hint = "name a kubeconfig in KUBECONFIG, or run it in a pod"
        raise SourceError(shown, Reason.UNREACHABLE, "there is no kubeconfig, and this is no pod", hint=hint)
    _check(found, shown)
    return found


def _of_kubeconfig(files: KubeconfigFiles, way: Way, shown: str, seconds: float) -> Access:
    chosen = chosen_context(files, way, shown)
    trust = Trust(is_whole=files.are_the_users, shown=shown)
    cluster = chosen.cluster
    authority = trust.data(
        cluster.certificate_authority_data,
        cluster.certificate_authority,
        chosen.cluster_file,
        "certificate authority",
    )
    token, certificate, key = credentials(chosen, trust, way, seconds)
    return Access(
        server=cluster.server,
        namespace=chosen.namespace,
        token=token,
        authority=authority,
        certificate=certificate,
        key=key,
        checks_certificate=not cluster.insecure_skip_tls_verify,
        server_name=cluster.tls_server_name,
        proxy=cluster.proxy_url,
    )


def _service_account(way: Way, shown: str) -> Access:
    host, port = (way.variables.get(f"KUBERNETES_SERVICE_{name}", "") for name in ("HOST", "PORT"))
    return Access(
        server=f"https://{f'[{host}]' if ':' in host else host}:{port or 443}",
        namespace=_mounted("namespace", shown).strip() or "default",
        token=_mounted("token", shown).strip(),
        authority=_mounted("ca.crt", shown).encode(),
    )


def _mounted(name: str, shown: str) -> str:
    return read_local(_SERVICE_ACCOUNT / name, shown, f"the service account's {name}")


def _check(found: Access, shown: str) -> None:
    """Refuse what would send a token, and get secrets, unencrypted, or what no header can hold."""
    address = server_address(found.server, "the server of the kubeconfig", shown)
    if address.scheme == "http" and address.hostname not in _LOOPBACK:
        message = "its server would be asked without encryption"
        raise SourceError(shown, Reason.UNREACHABLE, message, hint="an https:// address")
    if not (found.token.isascii() and found.token.isprintable()) or " " in found.token:
        raise InputError(shown, "its token is malformed", hint="one line of letters, digits and signs")
