"""VisionaryAI's helpdesk agent from its Compose file: built, pushed, rendered, brought up beside PostgreSQL.

The engine of the tests has no networks of its own, so another file over it gives the service this machine's.
"""

import json
import tomllib
import urllib.request
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final

import psycopg
import pytest

from samestack.cli.main import main
from samestack.process import run
from tests.services.compose_program import compose_program
from tests.services.container_engine import ContainerEngine
from tests.services.helpdesk_image import HelpdeskImage
from tests.services.postgresql_server import PostgresqlServer
from tests.services.registry_server import RegistryServer
from tests.services.server_processes import free_port
from tests.services.visionaryai_projects import copy_of_project

pytestmark = pytest.mark.service

HOST_NETWORK: Final = "services: {helpdesk-agent: {network_mode: host, ports: !reset []}}\n"
_UP_SECONDS: Final = 400


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the project that answers at a free port, which its image knows nothing of."""
    directory = copy_of_project("helpdesk-agent", "3.10", tmp_path_factory.mktemp("compose")).directory
    port = free_port()
    manifest = directory / "pyproject.toml"
    table = "[tool.samestack.deploy]\n"
    manifest.write_text(manifest.read_text().replace(table, f"{table}port = {port}\n"))
    return directory


@pytest.fixture(scope="module")
def image(helpdesk_image: HelpdeskImage, registry_server: RegistryServer) -> str:
    """The image in a registry, by its digest."""
    there = f"{registry_server.host}/helpdesk-agent"
    layout = helpdesk_image.layout
    assert main(["image", "push", f"oci:{layout}:1", f"registry:{there}:1", "--insecure"]) == 0
    (manifest,) = json.loads((layout / "index.json").read_bytes())["manifests"]
    return f"{there}@{manifest['digest']}"


@pytest.fixture
def address(
    project: Path, image: str, engine: ContainerEngine, postgresql_server: PostgresqlServer
) -> Iterator[str]:
    """Where the agent answers, as soon as Compose says that it is well."""
    port = manifest_of(project)["tool"]["samestack"]["deploy"]["port"]
    values = {"HELPDESK_HOST": "127.0.0.1", "HELPDESK_PORT": port, "DATABASE_URL": postgresql_server.url}
    sets = [word for name, value in values.items() for word in ("--set", f"{name}={value}")]
    file = project.parent / "compose.yaml"
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("DATABASE_PASSWORD", postgresql_server.password)
        words = ["--to", "compose", "--profile", "development", "--image", image, *sets]
        assert main(["deploy", "render", *words, "--project", str(project), "-o", str(file)]) == 0
    assert postgresql_server.password not in file.read_text()
    (project.parent / "network.yaml").write_text(HOST_NETWORK)
    files = ("--file", file, "--file", project.parent / "network.yaml")
    command: list[str | Path] = [compose_program(), *files]
    variables = {**engine.environment, "DATABASE_PASSWORD": postgresql_server.password}
    try:
        run([*command, "up", "--detach", "--wait"], environment=variables, timeout=_UP_SECONDS)
        yield f"http://127.0.0.1:{port}"
    finally:
        run([*command, "down", "--timeout=1"], environment=variables, timeout=120, check=False)
        engine.docker("rmi", image, check=False)


def manifest_of(project: Path) -> Mapping[str, Any]:
    return tomllib.loads((project / "pyproject.toml").read_text())


def asked(address: str, path: str, question: str | None = None) -> Any:
    data = None if question is None else json.dumps({"question": question}).encode()
    with urllib.request.urlopen(f"{address}{path}", data, timeout=60) as answer:  # noqa: S310 - our own
        return json.load(answer)


def kept(server: PostgresqlServer) -> int:
    """How many answers PostgreSQL has."""
    with psycopg.connect(server.url, password=server.password) as connection:
        row = connection.execute("SELECT COUNT(*) FROM answers").fetchone()
    assert row is not None
    return int(row[0])


def test_it_answers_and_keeps_its_answers_in_postgresql(
    address: str, postgresql_server: PostgresqlServer
) -> None:
    before = kept(postgresql_server)
    assert asked(address, "/ask", "Getting a 401 with the token you gave us")["article"] == "key-refused"
    assert kept(postgresql_server) == before + 1
