"""Kubeconfigs: which files they are, and what they say together of a cluster and of a user."""

import os
from collections.abc import Iterable
from pathlib import Path
from typing import Any, Final, Literal

from msgspec import Struct, field

from samestack.capture.documents import shaped
from samestack.capture.kubernetes.way import Way
from samestack.capture.yaml_aliases import load_bounded_yaml
from samestack.errors import InputError
from samestack.outside.source_error import Reason, SourceError

_DEFAULT: Final = ".kube/config"
_MAX_FILES: Final = 64


class KubeconfigFiles(Struct, frozen=True, kw_only=True):
    """The files that are read; of two that say something of one name, the first counts."""

    paths: tuple[Path, ...]
    are_the_users: bool
    """Whether the user named them; else the project did, whose authors may be strangers."""


class Variable(Struct, frozen=True, kw_only=True):
    """A variable for a program."""

    name: str
    value: str


class CredentialProgram(Struct, frozen=True, kw_only=True):
    """``exec``: a program that writes credentials."""

    command: str
    version: str = field(name="apiVersion")
    arguments: tuple[str, ...] | None = field(default=None, name="args")
    variables: tuple[Variable, ...] | None = field(default=None, name="env")


class User(Struct, frozen=True, kw_only=True, rename="kebab"):
    """How somebody shows who they are."""

    token: str = ""
    token_file: str = field(default="", name="tokenFile")
    client_certificate: str = ""
    client_certificate_data: str = ""
    client_key: str = ""
    client_key_data: str = ""
    program: CredentialProgram | None = field(default=None, name="exec")
    username: str = ""
    auth_provider: dict[str, Any] | None = None
    impersonated: str = field(default="", name="as")

    def __repr__(self) -> str:
        return "User()"


class Cluster(Struct, frozen=True, kw_only=True, rename="kebab"):
    """A server, and what its certificate is held against."""

    server: str = ""
    certificate_authority: str = ""
    certificate_authority_data: str = ""
    insecure_skip_tls_verify: bool = False
    tls_server_name: str = ""
    proxy_url: str = ""


class _Context(Struct, frozen=True, kw_only=True):
    cluster: str
    user: str = ""
    namespace: str = ""


class _Named(Struct, frozen=True, kw_only=True):
    name: str
    context: _Context | None = None
    cluster: Cluster | None = None
    user: User | None = None


class _Kubeconfig(Struct, frozen=True, kw_only=True):
    current: str | None = field(default=None, name="current-context")
    contexts: tuple[_Named, ...] | None = None
    clusters: tuple[_Named, ...] | None = None
    users: tuple[_Named, ...] | None = None


class _Found(Struct, frozen=True, kw_only=True):
    """What stands under a name, and the file in which it does: paths in it are relative to that."""

    named: _Named
    file: Path


class Chosen(Struct, frozen=True, kw_only=True):
    """What a context comes to."""

    cluster: Cluster
    cluster_file: Path
    user: User
    user_file: Path
    namespace: str


def kubeconfig_files(way: Way) -> KubeconfigFiles:
    """The file that the project names, those of ``KUBECONFIG``, or the one at home if it is there."""
    if way.kubeconfig is not None:
        return KubeconfigFiles(paths=(way.kubeconfig,), are_the_users=False)
    listed = [part for part in way.variables.get("KUBECONFIG", "").split(os.pathsep) if part]
    home = way.variables.get("HOME", "")
    paths = [Path(part) for part in listed] or [Path(home, _DEFAULT)]
    there = tuple(path for path in paths[:_MAX_FILES] if path.is_file())
    return KubeconfigFiles(paths=there if listed or home else (), are_the_users=True)


def chosen_context(files: KubeconfigFiles, way: Way, shown: str) -> Chosen:
    """What the context says that is wanted, or else the current one.

    :class:`InputError` for a file that is no kubeconfig, :class:`SourceError` for what no file has.
    """
    read = [(path, _read(path, shown)) for path in files.paths]
    name = way.context or next((one.current for _, one in read if one.current), None)
    if not name:
        hint = "choose one with the option 'context', or: kubectl config use-context NAME"
        raise SourceError(shown, Reason.MISSING, "the kubeconfig has no current context", hint=hint)
    context = _under(name, "contexts", read, shown).named.context
    if context is None:
        raise InputError(shown, f"the context '{name}' of the kubeconfig is empty")
    cluster = _under(context.cluster, "clusters", read, shown)
    user = _under(context.user, "users", read, shown) if context.user else cluster
    return Chosen(
        cluster=cluster.named.cluster or Cluster(),
        cluster_file=cluster.file,
        user=user.named.user or User(),
        user_file=user.file,
        namespace=context.namespace or "default",
    )


def _under(
    name: str,
    kind: Literal["contexts", "clusters", "users"],
    read: Iterable[tuple[Path, _Kubeconfig]],
    shown: str,
) -> _Found:
    for path, config in read:
        for named in getattr(config, kind) or ():
            if named.name == name:
                return _Found(named=named, file=path)
    raise SourceError(shown, Reason.MISSING, f"the kubeconfig has no '{name}' among its {kind}")


def _read(path: Path, shown: str) -> _Kubeconfig:
    if not path.is_file():
        raise SourceError(shown, Reason.MISSING, f"there is no kubeconfig {path}")
    try:
        return shaped(load_bounded_yaml(path, dict[str, Any]), _Kubeconfig, file=str(path))
    except InputError as error:
        if "not YAML" in error.message:  # what else is said may quote a token
            raise InputError(str(path), "not YAML", place=error.place) from None
        raise
