"""AWS as moto plays it, on this machine: Parameter Store and Secrets Manager, which forget all at the end.

Fixture: ``aws_server``. Nothing of a developer's own AWS settings reaches it.
"""

import subprocess
import sys
import time
from collections.abc import Iterator
from typing import Any, Final

import pytest
from msgspec import Struct

from samestack.libraries import library
from tests.services.server_processes import free_port, is_listening

_START_SECONDS: Final = 60
_STOP_SECONDS: Final = 10
_NOWHERE: Final = "/nonexistent"


class AwsServer(Struct, frozen=True, kw_only=True):
    """A server that runs."""

    address: str

    @property
    def variables(self) -> dict[str, str]:
        """What a program is told of it."""
        return {
            "AWS_ENDPOINT_URL": self.address,
            "AWS_DEFAULT_REGION": "eu-central-1",
            "AWS_ACCESS_KEY_ID": "tests",
            "AWS_SECRET_ACCESS_KEY": "tests",
            "AWS_CONFIG_FILE": _NOWHERE,
            "AWS_SHARED_CREDENTIALS_FILE": _NOWHERE,
        }

    def client(self, service: str) -> Any:
        """boto3's client of a service, to write with."""
        variables = self.variables
        return library("boto3", "writing to it", extra="aws").client(
            service,
            endpoint_url=self.address,
            region_name=variables["AWS_DEFAULT_REGION"],
            aws_access_key_id=variables["AWS_ACCESS_KEY_ID"],
            aws_secret_access_key=variables["AWS_SECRET_ACCESS_KEY"],
        )


@pytest.fixture(scope="session")
def aws_server() -> Iterator[AwsServer]:
    """The server of this session."""
    port = free_port()
    process = subprocess.Popen(
        [sys.executable, "-c", _PROGRAM, "-H", "127.0.0.1", "-p", str(port)],
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        _wait_until_it_answers(port, process)
        yield AwsServer(address=f"http://127.0.0.1:{port}")
    finally:
        process.terminate()
        process.communicate(timeout=_STOP_SECONDS)


_PROGRAM: Final = """
import os, sys, threading
from moto.server import main
# It ends with the tests that started it, however they end.
threading.Thread(target=lambda: (sys.stdin.read(), os._exit(0)), daemon=True).start()
main(sys.argv[1:])
"""
"""``moto_server`` of this environment, which is nobody's orphan."""


def _wait_until_it_answers(port: int, process: "subprocess.Popen[bytes]") -> None:
    end = time.monotonic() + _START_SECONDS
    while not is_listening(port):
        assert process.poll() is None, "moto's server ended"
        assert time.monotonic() < end, "moto's server does not start"
        time.sleep(0.05)
