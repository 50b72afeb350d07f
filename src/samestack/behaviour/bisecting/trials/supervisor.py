"""Runs one program until it ends, is over a limit, or nobody waits for it any more; nothing of it stays.

A script of its own, with the standard library alone: ``python -I -S supervisor.py PLAN``. It outlives a
samestack that is killed for just as long as it takes to clean up. It writes its number, by which it can be
told to end (SIGTERM), a dot now and then, which tells it whether somebody reads, and at last a line of JSON.

Memory is watched, not forbidden by ``RLIMIT_AS``: a program that is refused memory ends as it pleases, often
with the same status as for a wrong answer, and what a GPU's driver reserves is not memory.
"""

import contextlib
import ctypes
import json
import os
import resource
import signal
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final, NoReturn

_DIE_WITH_PARENT: Final = 1
_BECOME_SUBREAPER: Final = 36
_PAUSE_SECONDS: Final = 0.05
_DOT_SECONDS: Final = 0.2
_PATIENCE_SECONDS: Final = 10.0
_FIRST_VICTIM: Final = "1000"
_NOT_FOUND: Final = 127
_NOT_EXECUTABLE: Final = 126
_LISTENED_TO: Final = (signal.SIGCHLD, signal.SIGTERM, signal.SIGINT, signal.SIGHUP)
_PROCESSES: Final = Path("/proc")
_LISTS_CHILDREN: Final = (_PROCESSES / "thread-self/children").exists()
"""Some kernels are built without."""


def main(path: str) -> None:
    """Carry out a plan, and tell how that ended."""
    plan = json.loads(Path(path).read_text("utf-8"))
    Path(path).unlink()  # it holds the program's variables
    signal.pthread_sigmask(signal.SIG_BLOCK, _LISTENED_TO)
    control_process(_BECOME_SUBREAPER, 1)
    os.write(1, f"{os.getpid()}\n".encode())
    watch = Watch(plan)
    try:
        result = watch.result()
    finally:
        end_all()
    if result is None:
        import shutil  # most trials are waited for, and this takes as long to load as all else

        shutil.rmtree(plan["scratch"], ignore_errors=True)
        return
    with contextlib.suppress(BrokenPipeError):
        os.write(1, json.dumps(result).encode() + b"\n")


def control_process(what: int, value: int) -> None:
    """Linux's ``prctl``; what a kernel does not know is left."""
    with contextlib.suppress(OSError, AttributeError):
        ctypes.CDLL(None).prctl(what, value, 0, 0, 0)


class Watch:
    """A program that runs."""

    def __init__(self, plan: dict[str, Any]) -> None:
        self._plan = plan
        self._parent = os.getppid()
        self._kills = kills_for_memory()
        self._peak = 0
        self._started = time.monotonic()
        self._dotted = self._started
        self._program = start(plan)

    def result(self) -> dict[str, Any] | None:
        """How it ended; ``None`` when nobody wants to know any more."""
        while True:
            arrived = signal.sigtimedwait(_LISTENED_TO, _PAUSE_SECONDS)
            status = self._reaped()
            if status is not None:
                return self._ended(status)
            if (arrived is not None and arrived.si_signo != signal.SIGCHLD) or not self._is_waited_for():
                return None
            limit = self._limit()
            if limit:
                return {"ending": limit, **self._costs()}

    def _reaped(self) -> int | None:
        """The wait status of the program, once it has ended; orphans that it left are buried on the way."""
        status = None
        for process, its_status, usage in ended_children():
            self._peak = max(self._peak, usage.ru_maxrss * 1024)
            if process == self._program:
                status = its_status
        return status

    def _ended(self, status: int) -> dict[str, Any]:
        if os.WIFEXITED(status):
            return {"ending": "exit", "status": os.WEXITSTATUS(status), **self._costs()}
        number = os.WTERMSIG(status)
        if number == signal.SIGKILL and kills_for_memory() > self._kills:
            return {"ending": "memory", **self._costs()}
        return {"ending": "signal", "signal": number, **self._costs()}

    def _costs(self) -> dict[str, Any]:
        return {"seconds": time.monotonic() - self._started, "peak_memory": self._peak}

    def _is_waited_for(self) -> bool:
        if os.getppid() != self._parent:
            return False
        if time.monotonic() - self._dotted < _DOT_SECONDS:
            return True
        self._dotted = time.monotonic()
        try:
            os.write(1, b".\n")
        except BrokenPipeError:
            return False
        return True

    def _limit(self) -> str:
        """The limit that it is over; empty for none."""
        if 0 < self._plan["seconds"] < time.monotonic() - self._started:
            return "time"
        if any(Path(self._plan[name]).stat().st_size > self._plan["output"] for name in ("stdout", "stderr")):
            return "output"
        if self._plan["memory"] and self._memory() > self._plan["memory"]:
            return "memory"
        return ""

    def _memory(self) -> int:
        """The bytes that it holds with all that it started; near the limit, what is shared counts once."""
        processes = list(descendants())
        resident = sum(map(resident_bytes, processes))
        self._peak = max([self._peak, *map(resident_bytes, processes)])
        return resident if resident <= self._plan["memory"] else sum(map(proportional_bytes, processes))


def start(plan: dict[str, Any]) -> int:
    """The number of a new process that becomes the program."""
    process = os.fork()
    if process == 0:
        become(plan)
    return process


def become(plan: dict[str, Any]) -> NoReturn:
    """Be the program, with the standards of one that a shell starts."""
    control_process(_DIE_WITH_PARENT, signal.SIGKILL)
    try:
        os.setsid()  # whoever signals its own group does not mean the supervisor
        Path("/proc/self/oom_score_adj").write_text(_FIRST_VICTIM)
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    except OSError:
        pass  # it runs without
    for name, descriptor in (("stdout", 1), ("stderr", 2)):
        os.dup2(os.open(plan[name], os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600), descriptor)
    for number in (signal.SIGPIPE, signal.SIGXFSZ):
        signal.signal(number, signal.SIG_DFL)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, _LISTENED_TO)
    try:
        os.chdir(plan["directory"])
        os.execvpe(plan["command"][0], plan["command"], plan["variables"])  # noqa: S606 - no shell is what is wanted
    except OSError as error:
        os.write(2, f"{plan['command'][0]}: {error.strerror}\n".encode())
        os._exit(_NOT_FOUND if isinstance(error, FileNotFoundError) else _NOT_EXECUTABLE)


def ended_children() -> Iterator[tuple[int, int, resource.struct_rusage]]:
    """Number, wait status and usage of each child that has ended."""
    while True:
        try:
            process, status, usage = os.wait4(-1, os.WNOHANG)
        except ChildProcessError:
            return
        if process == 0:
            return
        yield process, status, usage


def end_all() -> None:
    """Kill whatever was started, and what that has started, until nothing is left."""
    latest = time.monotonic() + _PATIENCE_SECONDS
    while time.monotonic() < latest:
        for process in descendants():
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.kill(process, signal.SIGKILL)
        try:
            os.waitpid(-1, os.WNOHANG)
        except ChildProcessError:
            return
        signal.sigtimedwait((signal.SIGCHLD,), 0.01)


def descendants() -> Iterator[int]:
    """The processes below this one."""
    pending = [os.getpid()]
    while pending:
        children = list(children_of(pending.pop()))
        yield from children
        pending.extend(children)


def children_of(process: int) -> Iterator[int]:
    """The processes that the threads of one have started, as far as they are still there."""
    if not _LISTS_CHILDREN:
        yield from (number for number, parent in parents() if parent == process)
        return
    for file in _PROCESSES.glob(f"{process}/task/*/children"):
        with contextlib.suppress(OSError):
            yield from map(int, file.read_text().split())


def parents() -> Iterator[tuple[int, int]]:
    """Every process, with the one that has started it."""
    for file in _PROCESSES.glob("[0-9]*/stat"):
        with contextlib.suppress(OSError, IndexError, ValueError):
            yield int(file.parent.name), int(file.read_text().rpartition(")")[2].split()[1])


def resident_bytes(process: int) -> int:
    """The memory that a process holds, together with others or not; 0 when it is gone."""
    with contextlib.suppress(OSError, IndexError):
        words = (_PROCESSES / str(process) / "statm").read_text().split()
        return int(words[1]) * os.sysconf("SC_PAGE_SIZE")
    return 0


def proportional_bytes(process: int) -> int:
    """The memory that a process holds, of what it shares its part alone; 0 when it is gone."""
    try:
        text = (_PROCESSES / str(process) / "smaps_rollup").read_text()
    except OSError:
        return resident_bytes(process)
    return next((int(line.split()[1]) * 1024 for line in text.splitlines() if line.startswith("Pss:")), 0)


def kills_for_memory() -> int:
    """How many processes the kernel has killed for want of memory since it started."""
    with contextlib.suppress(OSError):
        for line in (_PROCESSES / "vmstat").read_text().splitlines():
            if line.startswith("oom_kill "):
                return int(line.split()[1])
    return 0


if __name__ == "__main__":
    main(sys.argv[1])
