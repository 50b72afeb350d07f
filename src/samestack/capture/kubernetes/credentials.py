"""The credentials of a kubeconfig, and how far it is trusted.

A user's own kubeconfig may name programs that give credentials, and files anywhere, as with kubectl. One that
a project's settings name may not: whoever wrote the project could run programs here, or have a file of the
user's sent to a server of their own.
"""

import base64
import binascii
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Final, NamedTuple

import msgspec
from msgspec import Struct, field

from samestack.capture.kubernetes.kubeconfig import Chosen, CredentialProgram, User
from samestack.capture.kubernetes.way import Way
from samestack.errors import InputError, OutsideError, RequestError
from samestack.outside.local_file import read_local
from samestack.outside.source_error import Reason, SourceError

_VERSIONS: Final = ("client.authentication.k8s.io/v1", "client.authentication.k8s.io/v1beta1")


class Credentials(NamedTuple):
    """A token, or a certificate and its key in PEM, or nothing. Never shown."""

    token: str = ""
    certificate: bytes = b""
    key: bytes = b""

    def __repr__(self) -> str:
        return "Credentials()"


class Trust(Struct, frozen=True, kw_only=True):
    """What the kubeconfig may do that is read."""

    is_whole: bool
    """Whether the user named it, and not the project."""
    shown: str
    """The source, as errors name it."""

    def data(self, given: str, path: str, kubeconfig: Path, what: str) -> bytes:
        """What stands in a kubeconfig in base64, or else in the file that it names; empty for neither."""
        if given:
            try:
                return base64.b64decode(given, validate=True)
            except (binascii.Error, ValueError):
                raise InputError(self.shown, f"the {what} of the kubeconfig is not base64") from None
        return self.text(path, kubeconfig, what).encode() if path else b""

    def text(self, path: str, kubeconfig: Path, what: str) -> str:
        """A file that a kubeconfig names, relative to its own directory."""
        file = kubeconfig.parent / path
        if not (self.is_whole or file.resolve().is_relative_to(kubeconfig.parent.resolve())):
            raise self.refused(f"has a file outside of its own directory read: its {what}")
        return read_local(file, self.shown, f"the {what} of the kubeconfig")

    def refused(self, what: str) -> RequestError:
        """The error for what only a user's own kubeconfig may do."""
        hint = "name that kubeconfig in KUBECONFIG, if you trust it, and not in the settings"
        return RequestError(f"{self.shown}: a kubeconfig that the settings name {what}", hint=hint)


class _Status(Struct, frozen=True, kw_only=True):
    token: str = ""
    certificate: str = field(default="", name="clientCertificateData")
    key: str = field(default="", name="clientKeyData")


class _Written(Struct, frozen=True, kw_only=True):
    status: _Status


def credentials(chosen: Chosen, trust: Trust, way: Way, seconds: float) -> Credentials:
    """What the chosen user has; a program that is to give it may take ``seconds``.

    :class:`RequestError` for what its kubeconfig may not do, or what samestack does not know.
    """
    user, file = chosen.user, chosen.user_file
    _refuse_unknown(user, trust.shown)
    certificate = trust.data(
        user.client_certificate_data, user.client_certificate, file, "client certificate"
    )
    key = trust.data(user.client_key_data, user.client_key, file, "client key")
    token = trust.text(user.token_file, file, "token").strip() if user.token_file else user.token
    if token or certificate or user.program is None:
        return Credentials(token, certificate, key)
    if not trust.is_whole:
        raise trust.refused(f"runs a program: {user.program.command}")
    return _of_program(user.program, file.parent, way, trust.shown, seconds)


def _refuse_unknown(user: User, shown: str) -> None:
    unknown = {
        "auth-provider": user.auth_provider is not None,
        "username": bool(user.username),
        "as": bool(user.impersonated),
    }
    for key in filter(unknown.__getitem__, unknown):
        hint = "a token, a client certificate, or a program under 'exec'"
        raise RequestError(f"{shown}: its kubeconfig has '{key}', which samestack does not know", hint=hint)


def _of_program(
    program: CredentialProgram, directory: Path, way: Way, shown: str, seconds: float
) -> Credentials:
    """What a program writes. What it says when it fails is not repeated: there may be a secret in it."""
    if program.version not in _VERSIONS:
        hint = f"one of {', '.join(_VERSIONS)}"
        raise RequestError(f"{shown}: its program for credentials has an unknown apiVersion", hint=hint)
    from samestack.process import run

    command = str(directory / program.command) if os.sep in program.command else program.command
    try:
        finished = run(
            [command, *(program.arguments or ())],
            environment=_variables(program, way.variables),
            timeout=seconds,
        )
    except OutsideError:
        said = f"'{program.command}', which its kubeconfig has give credentials, gives none"
        raise SourceError(shown, Reason.DENIED, said, hint="run kubectl once: it says why") from None
    try:
        status = msgspec.json.decode(finished.output, type=_Written).status
    except msgspec.DecodeError:
        said = f"'{program.command}' writes no ExecCredential"
        raise SourceError(shown, Reason.DENIED, said, hint="run kubectl once: it says why") from None
    return Credentials(status.token, status.certificate.encode(), status.key.encode())


def _variables(program: CredentialProgram, variables: Mapping[str, str]) -> dict[str, str]:
    information = {
        "apiVersion": program.version,
        "kind": "ExecCredential",
        "spec": {"interactive": False},
    }
    own = {one.name: one.value for one in program.variables or ()}
    return {**variables, **own, "KUBERNETES_EXEC_INFO": msgspec.json.encode(information).decode()}
