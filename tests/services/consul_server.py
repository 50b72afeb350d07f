"""A real Consul of the tests' own, with access control lists: Debian's package of version 1.8.7.

Debian dropped it after bullseye, so it is fetched once, from the mirror that this machine's apt uses, and
kept in the cache of whoever runs the tests. Fixture: ``consul_server``.
"""

import contextlib
import json
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final
from urllib.parse import quote

import pytest
import requests
from msgspec import Struct

from tests.services.base_archive import kept_in
from tests.services.debian_packages import unpack
from tests.services.json_requests import ask
from tests.services.requirement import unavailable
from tests.services.server_processes import ended_with_the_tests, free_ports, stop

_ROOT_TOKEN: Final = "root-token"
_START_SECONDS: Final = 60


class ConsulServer(Struct, frozen=True, kw_only=True):
    """A Consul that runs; whoever has no token may do nothing."""

    address: str
    token: str = _ROOT_TOKEN
    """One that may do everything."""

    @property
    def variables(self) -> dict[str, str]:
        """What a program is told of it."""
        return {"CONSUL_HTTP_ADDR": self.address, "CONSUL_HTTP_TOKEN": self.token}

    def put(self, key: str, value: str | bytes) -> None:
        """Write a value, which is a change only where it was another."""
        self._ask("PUT", f"kv/{quote(key)}", value if isinstance(value, bytes) else value.encode())

    def delete(self, key: str) -> None:
        """Delete a key, or all below it where it ends in a slash."""
        self._ask("DELETE", f"kv/{quote(key)}" + ("?recurse" if key.endswith("/") else ""))

    def keys(self, prefix: str) -> list[str]:
        """The keys below a prefix."""
        try:
            return list(self._ask("GET", f"kv/{quote(prefix)}?keys"))
        except requests.HTTPError:
            return []

    def reader(self, prefix: str) -> str:
        """A token that may read what is below a prefix, and nothing else."""
        rules = f'key_prefix "{prefix}" {{ policy = "read" }}'
        policy = self._ask("PUT", "acl/policy", {"Name": f"tests-{time.monotonic_ns()}", "Rules": rules})
        return str(self._ask("PUT", "acl/token", {"Policies": [{"ID": policy["ID"]}]})["SecretID"])

    def _ask(self, method: str, path: str, body: bytes | Mapping[str, Any] | None = None) -> Any:
        return ask(method, f"http://{self.address}/v1/{path}", {"X-Consul-Token": self.token}, body)


@pytest.fixture(scope="session")
def consul_server() -> Iterator[ConsulServer]:
    """The Consul of this session."""
    with running_consul() as server:
        yield server


@contextlib.contextmanager
def running_consul() -> Iterator[ConsulServer]:
    """A Consul for the time of a block, which keeps everything in memory."""
    program = _program()
    directory = Path(tempfile.mkdtemp(prefix="samestack-consul-"))
    ports = free_ports(4)
    settings = {
        "bind_addr": "127.0.0.1",
        "client_addr": "127.0.0.1",
        "ports": {
            **dict(zip(("http", "server", "serf_lan", "serf_wan"), ports, strict=True)),
            "grpc": -1,
            "dns": -1,
        },
        "acl": {"enabled": True, "default_policy": "deny", "tokens": {"master": _ROOT_TOKEN}},
        "disable_update_check": True,
        "log_level": "err",
    }
    (directory / "settings.json").write_text(json.dumps(settings))
    with (directory / "log").open("wb") as log:
        command = ended_with_the_tests(program, "agent", "-dev", "-config-file", directory / "settings.json")
        process = subprocess.Popen(command, stdout=log, stderr=log)
    try:
        server = ConsulServer(address=f"127.0.0.1:{ports[0]}")
        _wait_until_it_writes(server, process, directory / "log")
        yield server
    finally:
        stop(process)
        shutil.rmtree(directory)


def _program() -> Path:
    found = kept_in("test-programs") / "consul-1.8.7" / "consul"
    if found.is_file():
        return found
    with tempfile.TemporaryDirectory(prefix="samestack-consul-") as directory:
        root = unpack("bullseye", ["consul"], Path(directory))
        found.parent.mkdir(parents=True, exist_ok=True)
        coming = found.with_name(f"{Path(directory).name}.part")
        shutil.copy2(root / "usr/bin/consul", coming)
        coming.replace(found)
    return found


def _wait_until_it_writes(server: ConsulServer, process: "subprocess.Popen[bytes]", log: Path) -> None:
    """Until it has a leader, and its lists are in force."""
    end = time.monotonic() + _START_SECONDS
    while not _writes(server):
        if process.poll() is not None or time.monotonic() > end:
            unavailable(f"Consul does not start: {log.read_text()[-300:]}")
        time.sleep(0.1)


def _writes(server: ConsulServer) -> bool:
    try:
        server.put("tests/started", "yes")
        server.reader("tests/")
    except requests.RequestException:
        return False
    return True
