"""Programs that serve containers, started for a while: a dockerd of its own, in a directory of its own."""

import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from samestack.errors import OutsideError
from samestack.process import Finished, run
from tests.services.requirement import require_program, unavailable

_START_SECONDS: Final = 60
_STOP_SECONDS: Final = 30


def client_environment(directory: Path) -> dict[str, str]:
    """What leads every docker client to the dockerd of a directory, without credentials."""
    return {"DOCKER_HOST": f"unix://{directory}/s", "DOCKER_CONFIG": str(directory / "client")}


@contextmanager
def short_directory() -> Iterator[Path]:
    """A temporary directory, short since sockets stand in it, from which nothing stays mounted."""
    path = Path(tempfile.mkdtemp(prefix="ss-", dir="/tmp"))
    try:
        yield path
    finally:
        _unmount_below(path)
        shutil.rmtree(path)


def _unmount_below(path: Path) -> None:
    mounted = [line.split()[1] for line in Path("/proc/self/mounts").read_text().splitlines()]
    for place in reversed([one for one in mounted if one.startswith(f"{path}/")]):
        run([require_program("umount"), "--lazy", place], check=False)


@contextmanager
def daemon(directory: Path) -> Iterator[None]:
    """A dockerd that listens on the socket ``s`` of a directory, until the end of the block."""
    log = directory / "log"
    _write_settings(directory)
    with log.open("wb") as messages:
        process = subprocess.Popen(_command(directory), stdout=messages, stderr=messages)
    try:
        _wait_until_it_answers(process, directory, log)
        yield
        _remove_containers(directory)
    finally:
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(_STOP_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _write_settings(directory: Path) -> None:
    """Empty ones, for the daemon and for its clients: they would else take the machine's own."""
    (directory / "client").mkdir()
    for name in ("settings", "client/config.json"):
        (directory / name).write_text("{}")


def _command(directory: Path) -> list[str | Path]:
    """No bridge and no rules of a firewall: it changes nothing of this machine's network."""
    return [
        # Whatever happens to the tests, it does not outlive them.
        *(require_program("setpriv"), "--pdeathsig=TERM", "--"),
        require_program("dockerd"),
        *("--data-root", directory / "data", "--exec-root", directory / "exec"),
        *("--pidfile", directory / "pid", "--host", f"unix://{directory}/s"),
        *("--config-file", directory / "settings", "--iptables=false", "--bridge=none", "--log-level=error"),
    ]


def _wait_until_it_answers(process: "subprocess.Popen[bytes]", directory: Path, log: Path) -> None:
    end = time.monotonic() + _START_SECONDS
    while _asked(directory, "info", "--format={{.ServerVersion}}", check=False).status != 0:
        if process.poll() is not None or time.monotonic() > end:
            unavailable(f"dockerd does not start here: {_last_line(log)}")
        time.sleep(0.1)


def _last_line(log: Path) -> str:
    return next(iter(log.read_text(errors="replace").splitlines()[-1:]), "it says nothing")


def _remove_containers(directory: Path) -> None:
    try:
        found = _asked(directory, "ps", "--all", "--quiet").output.split()
        if found:
            _asked(directory, "rm", "--force", "--volumes", *found)
    except OutsideError:
        return  # a daemon that died takes its containers along


def _asked(directory: Path, *words: str, check: bool = True) -> Finished:
    program = require_program("docker")
    return run([program, *words], environment=client_environment(directory), timeout=60, check=check)
