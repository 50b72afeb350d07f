"""A rendered Compose file, brought up by Docker Compose on a real engine: it runs as it was meant to.

The engine of the tests has no networks of its own, so another file over it gives the service this machine's.
"""

import json
import socket
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import pytest

from samestack.deploy.deployment import Configuration, Deployment, Health
from samestack.deploy.rendering.compose import compose_text
from samestack.deploy.scale import Resources, Scale
from samestack.oci.image_name import ImageName
from samestack.process import run
from tests.deploy.deployments import SECRET, deployed
from tests.services.compose_program import compose_program
from tests.services.container_engine import ContainerEngine
from tests.services.image_builds import pushed
from tests.services.registry_server import RegistryServer

pytestmark = pytest.mark.service

CANARY: Final = "canary-of-the-compose-file"
HOST_NETWORK: Final = "services: {helpdesk: {network_mode: host, ports: !reset []}}\n"
PROGRAM: Final = """
import http.server, json, os, pathlib

def attempt(path):
    try:
        pathlib.Path(path).write_text("")
    except OSError as error:
        return error.strerror
    return "written"

class Answers(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        status = pathlib.Path("/proc/self/status").read_text().split("\\n")
        said = {
            "user": [os.getuid(), os.getgid()],
            "root": attempt("/written"),
            "temporary": attempt("/tmp/written"),
            "capabilities": next(line.split()[1] for line in status if line.startswith("CapEff")),
            "no_new_privileges": next(line.split()[1] for line in status if line.startswith("NoNewPrivs")),
            "variables": {name: os.environ.get(name) for name in ("GREETING", "DATABASE_PASSWORD")},
        }
        self.send_response(200)
        self.end_headers()
        self.wfile.write(json.dumps(said).encode())

http.server.HTTPServer(("127.0.0.1", int(os.environ["PORT"])), Answers).serve_forever()
"""


@pytest.fixture(scope="module")
def image(
    engine: ContainerEngine,
    base_image: str,
    registry_server: RegistryServer,
    tmp_path_factory: pytest.TempPathFactory,
) -> str:
    """A small image in a registry, by its digest: the program, Python, and nobody's user."""
    context = tmp_path_factory.mktemp("context")
    (context / "program.py").write_text(PROGRAM)
    lines = (
        f"FROM {base_image}",
        "RUN ln -s python3 /usr/bin/python",
        "COPY program.py /program.py",
        'CMD ["python", "/program.py"]',
    )
    (context / "Dockerfile").write_text("".join(f"{line}\n" for line in lines))
    engine.build(context, "localhost/helpdesk:1", has_buildkit=False)
    return pushed(engine, "localhost/helpdesk:1", registry_server.host, "helpdesk")


@pytest.fixture
def service(image: str, engine: ContainerEngine, tmp_path: Path) -> Iterator[Any]:
    """What the program tells of itself, once Compose says that it is well."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = compose(deployment(image, port), tmp_path)
    variables = {**engine.environment, "DATABASE_PASSWORD": CANARY}
    try:
        run([*command, "up", "--detach", "--wait"], environment=variables, timeout=300)
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=60) as answer:
            yield json.load(answer)
    finally:
        run([*command, "down", "--timeout=1"], environment=variables, timeout=300, check=False)


def deployment(image: str, port: int) -> Deployment:
    plain = {"GREETING": "costs $5 ${HOME}", "PORT": str(port)}
    return deployed(
        image=ImageName.parse(image),
        configuration=Configuration(profile="staging", plain=plain, secrets=(SECRET,)),
        health=Health(path="/health", interval=1, start=60),
        port=port,
        scale=Scale(resources=Resources(limits={"memory": "256Mi"})),
    )


def compose(deployment: Deployment, directory: Path) -> list[str | Path]:
    (directory / "compose.yaml").write_text(compose_text(deployment))
    (directory / "network.yaml").write_text(HOST_NETWORK)
    files = ("--file", directory / "compose.yaml", "--file", directory / "network.yaml")
    return [compose_program(), *files]


def test_it_is_well_and_may_do_no_more_than_it_has_to(service: Any) -> None:
    assert service == {
        "user": [10001, 10001],
        "root": "Read-only file system",
        "temporary": "written",
        "capabilities": "0" * 16,
        "no_new_privileges": "1",
        "variables": {"GREETING": "costs $5 ${HOME}", "DATABASE_PASSWORD": CANARY},
    }
