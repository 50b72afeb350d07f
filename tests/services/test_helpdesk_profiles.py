"""The helpdesk agent under three profiles: the same code and stack, and nothing but configuration differs.

Development has SQLite and documents; staging PostgreSQL, Consul and an age file; production PostgreSQL, AWS's
two stores (moto plays them), a ConfigMap and a Secret of a real API server, and a network that wants a key.
"""

import base64
import contextlib
import json
import os
import shutil
import subprocess
import sys
import threading
import urllib.request
from collections.abc import Iterator, Mapping
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import psycopg
import pytest

from samestack.cli.main import main
from tests.capture.real_environments import interpreter_of_series
from tests.config.age.keys import new_key
from tests.services.aws_server import AwsServer
from tests.services.consul_server import ConsulServer
from tests.services.kubernetes_cluster import ADMIN, KubernetesCluster
from tests.services.postgresql_server import PostgresqlServer
from tests.services.server_processes import free_port
from tests.services.visionaryai_projects import VisionaryProject, copy_of_project

pytestmark = [pytest.mark.registry, pytest.mark.service]

HUB_KEY = "canary-hub-7d21f0"
SECONDS = 120.0


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Iterator[VisionaryProject]:
    """The project as it is committed, with its environment."""
    interpreter_of_series("3.10")
    made = copy_of_project("helpdesk-agent", "3.10", tmp_path_factory.mktemp("visionaryai"))
    assert main(["sync", str(made.directory), "--locked"]) == 0
    yield made
    shutil.rmtree(made.directory.parent)


@pytest.fixture(scope="module")
def hub(project: VisionaryProject) -> Iterator[str]:
    """The address of a network that is given to those who have the key."""
    network = (project.directory / "intents.keras").read_bytes()

    class Hub(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            is_known = self.headers["Authorization"] == f"Bearer {HUB_KEY}"
            self.send_response(200 if is_known else 401)
            self.end_headers()
            self.wfile.write(network if is_known else b"")

        def log_message(self, *_: object) -> None:
            """Nothing."""

    with HTTPServer(("127.0.0.1", 0), Hub) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/intents.keras"
        server.shutdown()
        thread.join()


def command(project: VisionaryProject, *arguments: str) -> list[str]:
    return [sys.executable, "-m", "samestack", *arguments, "--project", str(project.directory)]


def surroundings(**variables: str) -> dict[str, str]:
    """The variables of this process less what a developer may have set for stores, and these."""
    foreign = ("AWS_", "CONSUL_", "KUBE", "VAULT_", "SAMESTACK_AGE", "SOPS_")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(foreign)}
    return {**kept, "TF_CPP_MIN_LOG_LEVEL": "3", "PYTHONDONTWRITEBYTECODE": "1", **variables}


@contextlib.contextmanager
def served(project: VisionaryProject, profile: str, variables: Mapping[str, str]) -> Iterator[str]:
    """The address of the agent under a profile; it ends by the signal that samestack's process is sent."""
    port = free_port()
    here = ("--set", "HELPDESK_HOST=127.0.0.1", "--set", f"HELPDESK_PORT={port}")
    words = command(project, "run", "--profile", profile, *here)
    words += ["--", "env", "-C", str(project.directory), "python", "-m", "helpdesk_agent", "serve"]
    with subprocess.Popen(words, env=dict(variables), stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout is not None
        try:
            yield server.stdout.readline().strip().removesuffix("/ask")
        finally:
            server.terminate()
    assert server.returncode == -15


def asked(address: str, path: str, question: str | None = None) -> Any:
    data = None if question is None else json.dumps({"question": question}).encode()
    with urllib.request.urlopen(f"{address}{path}", data, timeout=SECONDS) as answer:  # noqa: S310 - our own
        return json.load(answer)


def answers_and_keeps(address: str) -> None:
    before = sum(asked(address, "/topics").values())
    assert asked(address, "/ask", "Getting a 401 with the token you gave us")["article"] == "key-refused"
    assert sum(asked(address, "/topics").values()) == before + 1


def kept(server: PostgresqlServer) -> int:
    """How many answers PostgreSQL has."""
    with psycopg.connect(server.url, password=server.password) as connection:
        row = connection.execute("SELECT COUNT(*) FROM answers").fetchone()
    assert row is not None
    return int(row[0])


def test_development(project: VisionaryProject) -> None:
    with served(project, "development", surroundings()) as address:
        answers_and_keeps(address)
    assert (project.directory / "local.db").is_file()


def test_staging(
    project: VisionaryProject,
    postgresql_server: PostgresqlServer,
    consul_server: ConsulServer,
    tmp_path: Path,
) -> None:
    key = tmp_path / "identity.txt"
    variables = surroundings(**consul_server.variables, SAMESTACK_AGE_IDENTITY_FILE=str(key))
    recipient = _new_identity(key)
    manifest = project.directory / "pyproject.toml"
    table = "[tool.samestack.config.profiles.staging]"
    declared = f'[tool.samestack.config]\nage-recipients = ["{recipient}"]\n\n{table}'
    manifest.write_text(manifest.read_text().replace(table, declared))
    encrypted = subprocess.run(
        command(project, "config", "encrypt", "--profile", "staging", "-"),
        input=f"DATABASE_PASSWORD={postgresql_server.password}\n",
        env=variables,
        text=True,
        capture_output=True,
        check=False,
    )
    assert encrypted.returncode == 0, encrypted.stderr
    consul_server.put("visionaryai/helpdesk-agent/database_url", postgresql_server.url)
    with served(project, "staging", variables) as address:
        answers_and_keeps(address)
    assert kept(postgresql_server) >= 1


def _new_identity(file: Path) -> str:
    key = new_key()
    file.touch(0o600)
    file.write_text(f"{key.identity}\n")
    return key.recipient


class Stores:
    """What production is given its configuration by."""

    def __init__(self, aws: AwsServer, cluster: KubernetesCluster, kubeconfig: Path) -> None:
        kubeconfig.write_text(json.dumps(cluster.kubeconfig(ADMIN)))
        self.variables = surroundings(**aws.variables, KUBECONFIG=str(kubeconfig))


@pytest.fixture
def stores(
    aws_server: AwsServer,
    kubernetes_cluster: KubernetesCluster,
    postgresql_server: PostgresqlServer,
    hub: str,
    tmp_path: Path,
) -> Iterator[Stores]:
    """All stores of production, filled; what stands in them is taken away again."""
    _fill(aws_server, kubernetes_cluster, postgresql_server, hub)
    yield Stores(aws_server, kubernetes_cluster, tmp_path / "kubeconfig")
    secrets, parameters = aws_server.client("secretsmanager"), aws_server.client("ssm")
    secrets.delete_secret(SecretId="visionaryai/helpdesk-agent", ForceDeleteWithoutRecovery=True)
    parameters.delete_parameter(Name="/visionaryai/helpdesk-agent/network_url")
    kubernetes_cluster.kubectl("delete", "secret,configmap", "helpdesk-agent", "--namespace=helpdesk")


def test_production(project: VisionaryProject, stores: Stores, postgresql_server: PostgresqlServer) -> None:
    before = 0
    with served(project, "production", stores.variables) as address:
        before = kept(postgresql_server)
        answers_and_keeps(address)
        assert HUB_KEY not in _command_lines()
        assert postgresql_server.password not in _command_lines()
    assert kept(postgresql_server) == before + 1


def test_production_does_not_start_when_something_is_wrong(project: VisionaryProject, stores: Stores) -> None:
    """Before anything starts, all in one pass: a store that is down among them."""
    variables = {**stores.variables, "AWS_ENDPOINT_URL_SSM": "http://127.0.0.1:1"}
    words = command(project, "run", "--profile", "production", "--set", "MAX_WORKERS=0")
    words += ["--", "touch", "started"]
    done = subprocess.run(
        words, env=variables, cwd=project.directory, capture_output=True, text=True, check=False
    )
    assert done.returncode == 3
    for said in ("aws-parameters:/visionaryai/helpdesk-agent", "MAX_WORKERS"):
        assert said in done.stderr
    assert HUB_KEY not in done.stderr
    assert not (project.directory / "started").exists()


def _fill(aws: AwsServer, cluster: KubernetesCluster, database: PostgresqlServer, hub: str) -> None:
    secrets = json.dumps({"HUGGINGFACE_API_KEY": HUB_KEY})
    aws.client("secretsmanager").create_secret(Name="visionaryai/helpdesk-agent", SecretString=secrets)
    prefix = "/visionaryai/helpdesk-agent"
    aws.client("ssm").put_parameter(Name=f"{prefix}/network_url", Value=hub, Type="String")
    password = base64.b64encode(database.password.encode()).decode()
    cluster.make_namespace("helpdesk")
    for kind, values in (
        ("Secret", {"DATABASE_PASSWORD": password}),
        ("ConfigMap", {"DATABASE_URL": database.url}),
    ):
        metadata = {"name": "helpdesk-agent", "namespace": "helpdesk"}
        cluster.apply({"apiVersion": "v1", "kind": kind, "metadata": metadata, "data": values})


def _command_lines() -> str:
    """What everybody may read of every process."""
    lines = []
    for path in Path("/proc").glob("[0-9]*/cmdline"):
        with contextlib.suppress(OSError):
            lines.append(path.read_bytes().decode(errors="replace"))
    return "\n".join(lines)
