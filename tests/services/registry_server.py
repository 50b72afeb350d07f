"""A real registry of the tests' own: Debian's docker-registry on this machine, in a temporary directory.

Fixtures, which ``conftest.py`` here offers to every test of this directory: ``registry_server`` lets
everybody in, ``guarded_registry_server`` wants the user and the password below, ``token_registry_server``
wants tokens, which a small server of the tests gives; and ``nobody`` keeps credentials away.
"""

import contextlib
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest
from msgspec import Struct

from tests.services.requirement import require_program, unavailable
from tests.services.server_processes import ended_with_the_tests, free_port, is_listening, stop
from tests.services.token_server import CERTIFICATE, ISSUER, SERVICE, serving_tokens

USER: Final = "ada"
PASSWORD: Final = "swordfish"
# Its hash as bcrypt has it; nothing that makes one is on every machine.
_USERS: Final = f"{USER}:$2y$05$abcdefghijklmnopqrstuupWDwJQeCHYIBQy8WvkVB6ImhZ476YYy\n"
_START_SECONDS: Final = 30
_STOP_SECONDS: Final = 10


class RegistryServer(Struct, frozen=True, kw_only=True):
    """A registry that runs; images in it are called ``HOST/NAME:TAG``."""

    host: str
    """With its port."""
    directory: Path

    @property
    def blob_bytes(self) -> int:
        """How many bytes of layers, configurations and manifests it holds."""
        return sum(one.stat().st_size for one in self.directory.glob("data/docker/registry/v2/blobs/**/data"))


@pytest.fixture
def nobody(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody has logged in anywhere: a developer's own credentials stay out of it."""
    monkeypatch.setenv("DOCKER_CONFIG", str(tmp_path / "nobody"))


@pytest.fixture(scope="session")
def registry_server() -> Iterator[RegistryServer]:
    """The registry of this session."""
    with running_registry() as server:
        yield server


@pytest.fixture(scope="session")
def guarded_registry_server() -> Iterator[RegistryServer]:
    """A registry that wants a user and a password with every request."""
    with _directory() as directory:
        users = directory / "users"
        users.write_text(_USERS)
        settings = f"auth: {{htpasswd: {{realm: tests, path: '{users}'}}}}\n"
        with running_registry(settings) as server:
            yield server


@pytest.fixture(scope="session")
def token_registry_server() -> Iterator[RegistryServer]:
    """A registry that wants a token for every right, which a small server of the tests gives out."""
    with _directory() as directory, serving_tokens(directory, {USER: PASSWORD}) as address:
        settings = (
            f"auth: {{token: {{realm: '{address}', service: {SERVICE}, issuer: {ISSUER}, "
            f"rootcertbundle: '{directory / CERTIFICATE}'}}}}\n"
        )
        with running_registry(settings) as server:
            yield server


@contextlib.contextmanager
def running_registry(
    settings: str = "", *, tls: str = "", address: str = "127.0.0.1"
) -> Iterator[RegistryServer]:
    """A registry for the time of a block; ``settings`` are more of its own, ``tls`` what it encrypts with."""
    program = require_program("docker-registry")
    with _directory() as directory:
        server = RegistryServer(host=f"{address}:{free_port(address)}", directory=directory)
        (directory / "settings.yml").write_text(_settings(server, tls) + settings)
        with (directory / "log").open("wb") as log:
            command = ended_with_the_tests(program, "serve", directory / "settings.yml")
            process = subprocess.Popen(command, stdout=log, stderr=log)
        try:
            _wait_until_it_answers(server, process)
            yield server
        finally:
            stop(process)


def _settings(server: RegistryServer, tls: str) -> str:
    return (
        "version: 0.1\n"
        "log: {level: error, accesslog: {disabled: true}}\n"
        f"storage: {{filesystem: {{rootdirectory: '{server.directory}/data'}}, delete: {{enabled: true}}}}\n"
        f"http: {{addr: '{server.host}', secret: tests, tls: {{{tls}}}}}\n"
    )


def _wait_until_it_answers(server: RegistryServer, process: "subprocess.Popen[bytes]") -> None:
    end = time.monotonic() + _START_SECONDS
    address, _, port = server.host.rpartition(":")
    while not is_listening(int(port), address):
        if process.poll() is not None or time.monotonic() > end:
            unavailable(f"docker-registry does not start: {(server.directory / 'log').read_text()[-300:]}")
        time.sleep(0.05)


@contextlib.contextmanager
def _directory() -> Iterator[Path]:
    path = Path(tempfile.mkdtemp(prefix="samestack-registry-"))
    try:
        yield path
    finally:
        shutil.rmtree(path)
