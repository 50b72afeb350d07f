"""The services that tests of this directory share: started once, by the first test that asks."""

from tests.services.container_engine import base_image, docker_host, engine, podman
from tests.services.registry_server import (
    guarded_registry_server,
    nobody,
    registry_server,
    token_registry_server,
)

__all__ = [
    "base_image",
    "docker_host",
    "engine",
    "guarded_registry_server",
    "nobody",
    "podman",
    "registry_server",
    "token_registry_server",
]
