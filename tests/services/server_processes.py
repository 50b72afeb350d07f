"""Servers of the tests as processes: on free ports of this machine alone, and never outliving the tests."""

import contextlib
import signal
import socket
import subprocess
from pathlib import Path
from typing import Final

from tests.services.requirement import require_program

_STOP_SECONDS: Final = 20


def free_ports(count: int, address: str = "127.0.0.1") -> list[int]:
    """Ports that nobody listens at, each another one."""
    with contextlib.ExitStack() as stack:
        sockets = [stack.enter_context(socket.socket()) for _ in range(count)]
        for one in sockets:
            one.bind((address, 0))
        return [int(one.getsockname()[1]) for one in sockets]


def free_port(address: str = "127.0.0.1") -> int:
    """A port that nobody listens at."""
    (port,) = free_ports(1, address)
    return port


def is_listening(port: int, address: str = "127.0.0.1") -> bool:
    """Whether somebody listens at a port."""
    try:
        socket.create_connection((address, port), timeout=5).close()
    except OSError:
        return False
    return True


def ended_with_the_tests(*command: str | Path) -> list[str | Path]:
    """A command that is killed with the process that starts it, whatever happens to that."""
    return [require_program("setpriv"), "--pdeathsig=KILL", "--", *command]


def stop(process: "subprocess.Popen[bytes]", number: signal.Signals = signal.SIGTERM) -> None:
    """Let a server end, and kill it where it does not."""
    process.send_signal(number)
    try:
        process.wait(_STOP_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
