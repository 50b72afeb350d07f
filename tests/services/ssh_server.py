"""A real OpenSSH server of the tests' own on 127.0.0.1, and a user of this machine who may come in.

The fixture ``ssh_server``, which ``conftest.py`` here offers to every test of this directory. The program is
this machine's, or else Debian's, unpacked and kept below the cache of whoever runs the tests.
"""

import contextlib
import getpass
import os
import shlex
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest
from msgspec import Struct

from samestack.process import run
from tests.services.base_archive import kept_in
from tests.services.debian_packages import unpack
from tests.services.requirement import require_program, unavailable
from tests.services.server_processes import ended_with_the_tests, free_port, is_listening, stop

_START_SECONDS: Final = 30
_SUITE: Final = "bookworm"
# Where root starts it, sshd wants a user and a directory that only its package makes: both are made for it
# alone, in a view of the file system that nobody else has.
_ALONE: Final = """set -e
mount --bind "$1/passwd" /etc/passwd
mount -t tmpfs tmpfs /run
mkdir -p -m 0755 /run/sshd
shift
exec "$@"
"""


class SshServer(Struct, frozen=True, kw_only=True):
    """A server that runs, and a client's configuration by which one comes in."""

    port: int
    user: str
    directory: Path

    @property
    def programs(self) -> Path:
        """The directory of an ``ssh`` that knows this server by the name ``there``, for ``PATH``."""
        return self.directory / "bin"


@pytest.fixture(scope="session")
def ssh_server() -> Iterator[SshServer]:
    """The server of this session."""
    with running_ssh_server() as server:
        yield server


@contextlib.contextmanager
def running_ssh_server(settings: str = "") -> Iterator[SshServer]:
    """A server for the time of a block; ``settings`` are lines more of its own."""
    program = _program()
    require_program("ssh")
    directory = Path(tempfile.mkdtemp(prefix="samestack-ssh-"))
    try:
        server = SshServer(port=free_port(), user=getpass.getuser(), directory=directory)
        _write(server, settings)
        with (directory / "log").open("wb") as log:
            command = [*_alone(directory), program, "-D", "-e", "-f", directory / "sshd_config"]
            words = ended_with_the_tests(*command)
            libraries = {**os.environ, "LD_LIBRARY_PATH": str(program.parent)}
            process = subprocess.Popen(words, stdout=log, stderr=log, env=libraries)
        try:
            _wait_until_it_answers(server, process)
            yield server
        finally:
            stop(process)
    finally:
        shutil.rmtree(directory)


def _program() -> Path:
    if found := shutil.which("sshd", path=f"{os.environ.get('PATH', os.defpath)}:/usr/sbin"):
        return Path(found)
    kept = kept_in("test-programs") / f"openssh-{_SUITE}"
    if not kept.is_dir():
        kept.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=kept.parent, prefix=".making-") as aside:
            root, made = unpack(_SUITE, ["openssh-server"], Path(aside)), Path(aside, "made")
            made.mkdir()
            for file in (root / "usr/sbin/sshd", *root.glob("usr/lib/*/libwrap.so.*")):
                file.rename(made / file.name)
            with contextlib.suppress(FileExistsError, NotADirectoryError):  # another process was quicker
                made.rename(kept)
    return kept / "sshd"


def _alone(directory: Path) -> list[str | Path]:
    """What goes before the program where it is started by root."""
    if os.geteuid() != 0:
        return []
    users = Path("/etc/passwd").read_text()
    own = "" if "\nsshd:" in users else "sshd:x:65533:65534::/run/sshd:/usr/sbin/nologin\n"
    (directory / "passwd").write_text(users + own)
    unshare = require_program("unshare")
    if run([unshare, "--mount", "true"], check=False).status != 0:
        unavailable("root may not make a view of the file system of its own here, as sshd needs it")
    return [unshare, "--mount", "sh", "-c", _ALONE, "sh", directory]


def _write(server: SshServer, settings: str) -> None:
    """Keys and configurations of both sides; ``ssh`` reads no file of the user's own."""
    directory = server.directory
    for name in ("host", "user"):
        keygen = require_program("ssh-keygen")
        run([keygen, "-q", "-t", "ed25519", "-N", "", "-C", name, "-f", directory / f"{name}.key"])
    shutil.copy(directory / "user.key.pub", directory / "authorized")
    (directory / "sshd_config").write_text(
        f"ListenAddress 127.0.0.1:{server.port}\n"
        f"HostKey {directory}/host.key\n"
        f"AuthorizedKeysFile {directory}/authorized\n"
        f"PidFile {directory}/pid\n"
        "PasswordAuthentication no\nKbdInteractiveAuthentication no\nUsePAM no\nStrictModes no\n"
        f"PermitRootLogin prohibit-password\n{settings or 'Subsystem sftp internal-sftp'}\n"
    )
    host_key = (directory / "host.key.pub").read_text()
    (directory / "known").write_text(f"[127.0.0.1]:{server.port} {host_key}")
    (directory / "ssh_config").write_text(
        f"Host there\n  HostName 127.0.0.1\n  Port {server.port}\n  User {server.user}\n"
        f"Host *\n  IdentityFile {directory}/user.key\n  IdentitiesOnly yes\n"
        f"  UserKnownHostsFile {directory}/known\n  GlobalKnownHostsFile none\n"
        "  StrictHostKeyChecking yes\n  IdentityAgent none\n"
    )
    server.programs.mkdir()
    client = server.programs / "ssh"
    own = shlex.join([str(require_program("ssh")), "-F", str(directory / "ssh_config")])
    client.write_text(f'#!/bin/sh\nexec {own} "$@"\n')
    client.chmod(0o755)


def _wait_until_it_answers(server: SshServer, process: "subprocess.Popen[bytes]") -> None:
    end = time.monotonic() + _START_SECONDS
    while not is_listening(server.port):
        if process.poll() is not None or time.monotonic() > end:
            unavailable(f"sshd does not start: {(server.directory / 'log').read_text()[-300:]}")
        time.sleep(0.05)
