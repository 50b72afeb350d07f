"""Runs one command, and tells how it ended, how long it took and how much memory it had.

A script for samestack's own interpreter: ``python -I -S runner.py PLAN``. Nothing but the standard library is
loaded, since what a process has resident when it becomes another program counts as the other's, too. It
prints one line of JSON. Whatever the command started beside is in the process group of this script, and ends
with that.
"""

import ctypes
import json
import os
import signal
import sys
import time
from types import FrameType

_DIE_WITH_PARENT = 1
_LOOK_AGAIN = 0.1
_CANNOT_START = 126


class Watch:
    """Ends a process that takes too long or prints too much."""

    def __init__(self, pid: int, seconds: float, printed: list[int], limit: int) -> None:
        self.pid, self.printed, self.limit = pid, printed, limit
        self.end = time.monotonic() + seconds if seconds else float("inf")
        self.is_late = self.is_too_much = False

    def look(self, _number: int = 0, _frame: FrameType | None = None) -> None:
        """Called every now and then."""
        self.is_late = self.is_late or time.monotonic() > self.end
        self.is_too_much = self.is_too_much or any(os.fstat(one).st_size > self.limit for one in self.printed)
        if self.is_late or self.is_too_much:
            os.kill(self.pid, signal.SIGKILL)


def main(path: str) -> None:
    """Run what the plan says."""
    library = ctypes.CDLL(None)
    library.prctl(_DIE_WITH_PARENT, int(signal.SIGKILL), 0, 0, 0)
    with open(path, encoding="utf-8") as file:  # noqa: PTH123 - pathlib takes longer to load than all of this
        plan = json.load(file)
    printed = [os.open(plan[name], os.O_WRONLY | os.O_CREAT, 0o600) for name in ("output", "messages")]
    parent = os.getpid()
    started = time.monotonic()
    pid = os.fork()
    if pid == 0:
        become(plan["command"], printed, parent, library)
    watch = Watch(pid, plan["seconds"], printed, plan["limit"])
    signal.signal(signal.SIGALRM, watch.look)
    signal.setitimer(signal.ITIMER_REAL, _LOOK_AGAIN, _LOOK_AGAIN)
    _, status, used = os.wait4(pid, 0)
    seconds = time.monotonic() - started
    signal.setitimer(signal.ITIMER_REAL, 0)
    is_late, is_too_much = watch.is_late, watch.is_too_much
    told = {
        "status": os.WEXITSTATUS(status) if os.WIFEXITED(status) else 0,
        "signal": signal_name(os.WTERMSIG(status)) if os.WIFSIGNALED(status) else "",
        "is_late": is_late,
        "is_too_much": is_too_much,
        "seconds": seconds,
        "peak_memory": used.ru_maxrss * 1024,
    }
    sys.stdout.write(json.dumps(told) + "\n")


def become(command: list[str], printed: list[int], parent: int, library: ctypes.CDLL) -> None:
    """Go on as the command, which dies with this script."""
    try:
        library.prctl(_DIE_WITH_PARENT, int(signal.SIGKILL), 0, 0, 0)
        if os.getppid() != parent:
            os._exit(_CANNOT_START)
        for number, end in enumerate(printed, start=1):
            os.dup2(end, number)
        for number in (signal.SIGPIPE, signal.SIGXFSZ):
            signal.signal(number, signal.SIG_DFL)
        os.execvp(command[0], command)  # noqa: S606 - no shell is what is wanted
    except OSError as error:
        os.write(2, f"{command[0]}: cannot be started: {error.strerror}\n".encode())
    finally:
        os._exit(_CANNOT_START)


def signal_name(number: int) -> str:
    """``SIGSEGV``, or the number where it has no name."""
    try:
        return signal.Signals(number).name
    except ValueError:
        return str(number)


if __name__ == "__main__":
    main(sys.argv[1])
