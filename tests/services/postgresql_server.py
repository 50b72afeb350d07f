"""A real PostgreSQL of the tests' own: Debian's server, in a temporary directory, by password.

The fixture ``postgresql_server``, which ``conftest.py`` here offers to every test of this directory.
"""

import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest
from msgspec import Struct

from tests.services.requirement import require_program, unavailable
from tests.services.server_processes import ended_with_the_tests, free_port, stop

USER: Final = "helpdesk"
_PROGRAMS: Final = "/usr/lib/postgresql/*/bin/initdb"
_NOBODY_SPECIAL: Final = "postgres"
"""PostgreSQL does not run as root; Debian makes this user for it."""
_START_SECONDS: Final = 60


class PostgresqlServer(Struct, frozen=True, kw_only=True):
    """A server that runs, with a database that is called like its user."""

    port: int
    password: str

    @property
    def url(self) -> str:
        """Without the password."""
        return f"postgresql://{USER}@127.0.0.1:{self.port}/{USER}"

    def __repr__(self) -> str:
        return f"PostgresqlServer({self.url})"


@pytest.fixture(scope="session")
def postgresql_server() -> Iterator[PostgresqlServer]:
    """The server of this session."""
    programs = sorted(Path("/").glob(_PROGRAMS.lstrip("/")))
    if not programs:
        unavailable("PostgreSQL is not installed")
    password = f"canary-{os.urandom(8).hex()}"
    directory = Path(tempfile.mkdtemp(prefix="samestack-postgresql-"))
    try:
        process, port = _started(programs[-1].parent, directory, password)
        try:
            _make_database(programs[-1].parent, port, password)
            yield PostgresqlServer(port=port, password=password)
        finally:
            stop(process, signal.SIGINT)  # the fast way: connections are not waited for
    finally:
        shutil.rmtree(directory)


def _started(programs: Path, directory: Path, password: str) -> "tuple[subprocess.Popen[bytes], int]":
    (directory / "password").write_text(password)
    as_user: list[str] = []
    if os.geteuid() == 0:
        for path in (directory, directory / "password"):
            shutil.chown(path, _NOBODY_SPECIAL)
        as_user = [str(require_program("setpriv")), f"--reuid={_NOBODY_SPECIAL}", "--clear-groups", "--"]
    initialise: list[str | Path] = [
        programs / "initdb",
        "-D",
        directory / "data",
        "-U",
        USER,
        "-A",
        "scram-sha-256",
    ]
    subprocess.run(
        [*as_user, *initialise, f"--pwfile={directory / 'password'}", "--no-sync"],
        check=True,
        capture_output=True,
        cwd=directory,
    )
    port = free_port()
    serve: list[str | Path] = [
        programs / "postgres",
        "-D",
        directory / "data",
        "-p",
        str(port),
        "-h",
        "127.0.0.1",
        "-k",
        directory,
    ]
    with (directory / "log").open("wb") as log:
        process = subprocess.Popen(
            [*as_user, *ended_with_the_tests(*serve)], stdout=log, stderr=log, cwd=directory
        )
    _wait_until_it_listens(port, process, directory / "log")
    return process, port


def _make_database(programs: Path, port: int, password: str) -> None:
    subprocess.run(
        [programs / "createdb", "-h", "127.0.0.1", "-p", str(port), "-U", USER, USER],
        env={**os.environ, "PGPASSWORD": password},
        check=True,
        capture_output=True,
    )


def _wait_until_it_listens(port: int, process: "subprocess.Popen[bytes]", log: Path) -> None:
    end = time.monotonic() + _START_SECONDS
    while b"ready to accept connections" not in log.read_bytes():
        if process.poll() is not None or time.monotonic() > end:
            unavailable(f"PostgreSQL does not start: {log.read_text()[-300:]}")
        time.sleep(0.05)
