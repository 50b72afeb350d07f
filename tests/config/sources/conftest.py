"""Servers of stores that are of the tests' own, and need no program of the system."""

from tests.services.aws_server import aws_server
from tests.services.vault_server import vault_server

__all__ = ["aws_server", "vault_server"]
