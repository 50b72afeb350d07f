"""A real Dask scheduler with workers, each a process of its own."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

ALLOWED: Mapping[str, str] = {"DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES": "1"}
"""One worker may be lost with a trial, and the second is one too many."""


class Cluster:
    """Processes by their names; none is started again when it dies."""

    def __init__(self, directory: Path) -> None:
        self._directory = directory
        self.processes: dict[str, subprocess.Popen[bytes]] = {}
        self.port = _free_port()

    @property
    def address(self) -> str:
        return f"127.0.0.1:{self.port}"

    def start_scheduler(self) -> None:
        self._start(
            "scheduler", "scheduler", "--host", "127.0.0.1", "--port", str(self.port), "--no-dashboard"
        )

    def start_worker(self, name: str) -> None:
        directory = self._directory / name
        words = ("--nthreads", "1", "--no-nanny", "--no-dashboard", "--local-directory", str(directory))
        self._start(name, "worker", self.address, *words)

    def worker_of(self, number: int) -> str:
        """The name of the worker that is this process."""
        return next(name for name, process in self.processes.items() if process.pid == number)

    def kill(self, name: str) -> None:
        self.processes[name].kill()
        self.processes[name].wait()

    def end(self) -> None:
        for process in self.processes.values():
            process.kill()
            process.wait()

    def _start(self, name: str, *words: str) -> None:
        with (self._directory / f"{name}.log").open("wb") as log:
            self.processes[name] = subprocess.Popen(
                [sys.executable, "-m", "dask", *words],
                stdout=log,
                stderr=log,
                cwd=Path(__file__).parents[4],
                env={**os.environ, **ALLOWED},
            )


@contextmanager
def cluster(directory: Path, workers: int) -> Iterator[Cluster]:
    """A scheduler and workers ``worker0`` and so on, gone with everything that they run."""
    made = Cluster(directory)
    try:
        made.start_scheduler()
        for number in range(workers):
            made.start_worker(f"worker{number}")
        _await(made.port)
        yield made
    finally:
        made.end()


def _await(port: int) -> None:
    latest = time.monotonic() + 60
    while time.monotonic() < latest:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise TimeoutError("the scheduler does not answer")


def _free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])
