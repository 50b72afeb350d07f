"""The services that tests of this directory share: started once, by the first test that asks."""

from tests.services.aws_server import aws_server
from tests.services.consul_server import consul_server
from tests.services.container_engine import base_image, docker_host, engine, podman
from tests.services.helpdesk_image import helpdesk_image
from tests.services.kubernetes_cluster import kubernetes_cluster
from tests.services.postgresql_server import postgresql_server
from tests.services.registry_server import (
    guarded_registry_server,
    nobody,
    registry_server,
    token_registry_server,
)
from tests.services.ssh_server import ssh_server
from tests.services.vault_server import vault_server

__all__ = [
    "aws_server",
    "base_image",
    "consul_server",
    "docker_host",
    "engine",
    "guarded_registry_server",
    "helpdesk_image",
    "kubernetes_cluster",
    "nobody",
    "podman",
    "postgresql_server",
    "registry_server",
    "ssh_server",
    "token_registry_server",
    "vault_server",
]
