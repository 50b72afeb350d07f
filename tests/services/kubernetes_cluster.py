"""A real Kubernetes of the tests' own, as far as it keeps things: etcd and an API server, no nodes.

The fixture ``kubernetes_cluster``, which ``conftest.py`` here offers to every test of this directory. Of its
two users, ``ADMIN`` may do everything, and ``READER`` nothing but what a test grants.
"""

import base64
import contextlib
import json
import os
import shutil
import ssl
import subprocess
import tempfile
import time
import urllib.request
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final
from urllib.error import URLError

import pytest
from msgspec import Struct

from samestack.process import Finished, run
from tests.services.client_certificates import ClientAuthority, private_pem
from tests.services.kubernetes_programs import KubernetesPrograms, kubernetes_programs
from tests.services.requirement import unavailable
from tests.services.server_processes import ended_with_the_tests, free_port, free_ports, stop

ADMIN: Final = "admin"
READER: Final = "reader"
_START_SECONDS: Final = 120


class KubernetesCluster(Struct, frozen=True, kw_only=True):
    """A cluster that runs."""

    server: str
    """``https://127.0.0.1:PORT``"""
    certificate: str
    """What its certificate is held against, in PEM."""
    tokens: Mapping[str, str]
    """By user."""
    authority: ClientAuthority
    """Who signs certificates by which a client comes in without a token."""
    programs: KubernetesPrograms
    directory: Path

    def __repr__(self) -> str:
        return f"KubernetesCluster({self.server})"

    def kubeconfig(self, user: str, *, namespace: str = "default") -> dict[str, Any]:
        """A kubeconfig by which a user comes in, as a document."""
        data = base64.b64encode(self.certificate.encode()).decode()
        cluster = {"server": self.server, "certificate-authority-data": data}
        context = {"cluster": "tests", "user": user, "namespace": namespace}
        return {
            "apiVersion": "v1",
            "kind": "Config",
            "current-context": "tests",
            "clusters": [{"name": "tests", "cluster": cluster}],
            "users": [{"name": user, "user": {"token": self.tokens[user]}}],
            "contexts": [{"name": "tests", "context": context}],
        }

    def kubectl(self, *words: str) -> Finished:
        """What kubectl says to the administrator."""
        file = self.directory / "administrator.json"
        file.write_text(json.dumps(self.kubeconfig(ADMIN)))
        return run([self.programs.kubectl, f"--kubeconfig={file}", *words], timeout=60)

    def make_namespace(self, name: str) -> None:
        """A namespace, unless it is there. It cannot be replaced: nothing here would end deleting it."""
        if not self.kubectl("get", "namespace", name, "--ignore-not-found", "--output=name").output:
            self.kubectl("create", "namespace", name)

    def apply(self, document: Mapping[str, Any]) -> None:
        """Make an object what the document says, in place of what it was."""
        file = self.directory / "object.json"
        file.write_text(json.dumps(document))
        self.kubectl("replace", "--force", f"--filename={file}")


@pytest.fixture(scope="session")
def kubernetes_cluster() -> Iterator[KubernetesCluster]:
    """The cluster of this session."""
    programs = kubernetes_programs()
    directory = Path(tempfile.mkdtemp(prefix="samestack-kubernetes-"))
    try:
        with _etcd(programs.etcd, directory) as store, _api_server(programs, directory, store) as cluster:
            yield cluster
    finally:
        shutil.rmtree(directory)


@contextlib.contextmanager
def _etcd(program: Path, directory: Path) -> Iterator[str]:
    """The address of a store that runs."""
    client, peer = (f"http://127.0.0.1:{port}" for port in free_ports(2))
    command: list[str | Path] = [
        program,
        f"--data-dir={directory / 'etcd'}",
        f"--listen-client-urls={client}",
        f"--advertise-client-urls={client}",
        f"--listen-peer-urls={peer}",
        f"--initial-advertise-peer-urls={peer}",
        f"--initial-cluster=default={peer}",
    ]
    with _running(command, directory / "etcd.log") as process:
        _wait(process, f"{client}/health", {}, None, directory / "etcd.log")
        yield client


@contextlib.contextmanager
def _api_server(programs: KubernetesPrograms, directory: Path, store: str) -> Iterator[KubernetesCluster]:
    port = free_port()
    tokens = {user: f"canary-{os.urandom(16).hex()}" for user in (ADMIN, READER)}
    groups = {ADMIN: '"system:masters"', READER: '"readers"'}
    lines = (f"{tokens[user]},{user},{user},{groups[user]}\n" for user in tokens)
    (directory / "tokens.csv").write_text("".join(lines))
    (directory / "accounts.key").write_text(private_pem())
    authority = ClientAuthority()
    (directory / "clients.crt").write_text(authority.certificate)
    command: list[str | Path] = [
        programs.api_server,
        f"--etcd-servers={store}",
        f"--secure-port={port}",
        f"--cert-dir={directory / 'certificates'}",
        f"--service-account-key-file={directory / 'accounts.key'}",
        f"--service-account-signing-key-file={directory / 'accounts.key'}",
        f"--token-auth-file={directory / 'tokens.csv'}",
        f"--client-ca-file={directory / 'clients.crt'}",
        "--bind-address=127.0.0.1",
        "--advertise-address=127.0.0.1",
        "--endpoint-reconciler-type=none",
        "--service-account-issuer=https://kubernetes.default.svc",
        "--service-cluster-ip-range=10.0.0.0/24",
        "--authorization-mode=RBAC",
        "--disable-admission-plugins=ServiceAccount",
    ]
    log, server = directory / "api-server.log", f"https://127.0.0.1:{port}"
    with _running(command, log) as process:
        certificate = directory / "certificates/apiserver.crt"
        _wait(process, f"{server}/readyz", {"Authorization": f"Bearer {tokens[ADMIN]}"}, certificate, log)
        yield KubernetesCluster(
            server=server,
            certificate=certificate.read_text(),
            tokens=tokens,
            authority=authority,
            programs=programs,
            directory=directory,
        )


@contextlib.contextmanager
def _running(command: list[str | Path], log: Path) -> "Iterator[subprocess.Popen[bytes]]":
    with log.open("wb") as stream:
        process = subprocess.Popen(
            ended_with_the_tests(*command), stdout=stream, stderr=stream, cwd=log.parent
        )
    try:
        yield process
    finally:
        stop(process)


def _wait(
    process: "subprocess.Popen[bytes]",
    address: str,
    headers: Mapping[str, str],
    certificate: Path | None,
    log: Path,
) -> None:
    """Wait until a server says that it is well."""
    end = time.monotonic() + _START_SECONDS
    while not _is_well(address, headers, certificate):
        if process.poll() is not None or time.monotonic() > end:
            unavailable(f"{log.stem} does not start: {log.read_text()[-300:]}")
        time.sleep(0.1)


def _is_well(address: str, headers: Mapping[str, str], certificate: Path | None) -> bool:
    if certificate is not None and not certificate.is_file():
        return False
    try:
        context = None if certificate is None else ssl.create_default_context(cafile=certificate)
        request = urllib.request.Request(address, headers=dict(headers))  # noqa: S310 - our own
        with urllib.request.urlopen(request, timeout=5, context=context) as response:  # noqa: S310
            return bool(response.status == 200)
    except (URLError, OSError):  # it does not listen yet, or is not ready, or writes its certificate
        return False
