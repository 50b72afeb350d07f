"""The Vault that tests speak with: the real one at ``VAULT_ADDR``, where that is set, and else a fake.

A real one is started by ``vault server -dev``; the tests write below ``secret/samestack-tests``, and let a
role log in. Its ``VAULT_TOKEN`` has to be one that may do that.
"""

import os
from collections.abc import Iterator, Mapping
from typing import Any, Final

import pytest
from msgspec import Struct

from tests.services.fake_vault import ROOT_TOKEN, serving_vault
from tests.services.json_requests import ask

MOUNT: Final = "secret"
PREFIX: Final = "samestack-tests"
_ROLE: Final = "samestack-tests"


class VaultServer(Struct, frozen=True, kw_only=True):
    """A Vault, and how to write to it."""

    address: str
    token: str

    @property
    def variables(self) -> dict[str, str]:
        """What a program is told of it."""
        return {"VAULT_ADDR": self.address, "VAULT_TOKEN": self.token}

    def write(self, path: str, data: Mapping[str, Any]) -> None:
        """A new version of a secret."""
        self._ask("POST", f"{MOUNT}/data/{PREFIX}/{path}", {"data": data})

    def delete(self, path: str) -> None:
        """Delete the current version, which leaves its history."""
        self._ask("DELETE", f"{MOUNT}/data/{PREFIX}/{path}")

    def forget(self, path: str) -> None:
        """Delete a secret with its history."""
        self._ask("DELETE", f"{MOUNT}/metadata/{PREFIX}/{path}")

    def role(self) -> tuple[str, str]:
        """The id and a secret id of a role that may read all secrets of the tests."""
        if "approle/" not in self._ask("GET", "sys/auth")["data"]:
            self._ask("POST", "sys/auth/approle", {"type": "approle"})
        rules = f'path "{MOUNT}/*" {{ capabilities = ["read"] }}'
        self._ask("PUT", f"sys/policies/acl/{_ROLE}", {"policy": rules})
        self._ask("POST", f"auth/approle/role/{_ROLE}", {"token_policies": _ROLE})
        role = self._ask("GET", f"auth/approle/role/{_ROLE}/role-id")["data"]["role_id"]
        secret = self._ask("POST", f"auth/approle/role/{_ROLE}/secret-id", {})["data"]["secret_id"]
        return role, secret

    def _ask(self, method: str, path: str, body: Mapping[str, Any] | None = None) -> Any:
        return ask(method, f"{self.address}/v1/{path}", {"X-Vault-Token": self.token}, body)


@pytest.fixture(scope="session")
def vault_server() -> Iterator[VaultServer]:
    """The Vault of this session."""
    address = os.environ.get("VAULT_ADDR")
    if address:
        yield VaultServer(address=address, token=os.environ["VAULT_TOKEN"])
        return
    with serving_vault() as fake:
        yield VaultServer(address=fake.address, token=ROOT_TOKEN)
