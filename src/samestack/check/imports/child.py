"""Imports modules, each in a process of its own, and tells what came of each.

A script for the interpreter of the examined environment: Python 3.7 or newer with the standard library, and
nothing of samestack. ``python child.py PLAN`` reads a plan in JSON and writes a line of JSON for each module.
A worker is a fork of this process: what it prints is read up to a limit, what it starts dies with it, and
what kills it kills nothing else.
"""

from __future__ import annotations

import sys

if __name__ == "__main__" and not getattr(sys.flags, "safe_path", False):
    del sys.path[0]  # the directory of this script is no part of the environment

import json
import os
import select
import signal
import time
import traceback
from importlib import import_module
from importlib.util import find_spec
from typing import Any

_NEW_USERS = 0x10000000
_NEW_NETWORK = 0x40000000
_DIE_WITH_PARENT = 1
_TAIL_BYTES = 4000
_MOST_TEXT = 2000
_MOST_RESULT = 2000000
_MOST_LINKS = 10
_MOST_FILES = 60
_PATIENCE = 0.05


def main(path: str) -> None:
    """Import everything in the plan, so many at a time."""
    with open(path, encoding="utf-8") as file:
        plan = json.load(file)
    library = c_library()
    die_with_parent(library)
    told = os.dup(1)
    tell(told, {"is_offline": leave_network(library)})
    waiting = [
        (package["name"], module, is_sure)
        for package in plan["packages"]
        for modules, is_sure in ((package["modules"], True), (package["perhaps"], False))
        for module in modules
    ]
    running: list[Worker] = []
    while waiting or running:
        while waiting and len(running) < plan["parallel"]:
            running.append(Worker(*waiting.pop(0), library, told))
        listen(running)
        for worker in list(running):
            result = worker.result(plan["seconds"])
            if result is not None:
                running.remove(worker)
                tell(told, result)


class Worker:
    """One module that is being imported."""

    def __init__(self, package: str, module: str, is_sure: bool, library: Any, told: int) -> None:
        self.package, self.module = package, module
        self.started = time.monotonic()
        self.said = self.described = b""
        said, saying = os.pipe()
        described, describing = os.pipe()
        self.pid = os.fork()
        if self.pid == 0:
            os.close(told)
            work(module, is_sure, saying, describing, library)
        os.close(saying)
        os.close(describing)
        for end in (said, described):
            os.set_blocking(end, False)
        self.ends: dict[int, str] = {said: "said", described: "described"}

    def read(self, end: int) -> None:
        """Take in what is there; of what it prints only the last part is kept."""
        try:
            data = os.read(end, 65536)
        except BlockingIOError:
            return
        if not data:
            os.close(end)
            del self.ends[end]
        elif self.ends[end] == "said":
            self.said = (self.said + data)[-_TAIL_BYTES:]
        else:
            self.described = (self.described + data)[:_MOST_RESULT]

    def result(self, seconds: float) -> dict[str, Any] | None:
        """What came of it; None while it goes on."""
        # It is left unburied at first: so nothing else can have its number when its group is killed.
        is_over = os.waitid(os.P_PID, self.pid, os.WEXITED | os.WNOHANG | os.WNOWAIT) is not None
        if not is_over and time.monotonic() - self.started <= seconds:
            return None
        self.end()
        status = os.waitpid(self.pid, 0)[1]
        for end in list(self.ends):
            self.read(end)
        for end in self.ends:
            os.close(end)
        return self.told(status, not is_over)

    def end(self) -> None:
        """Kill it with everything that it has started."""
        for kill in (os.killpg, os.kill):
            try:
                kill(self.pid, signal.SIGKILL)
            except OSError:
                continue

    def told(self, status: int, is_late: bool) -> dict[str, Any]:
        """Its result, from what it described or else from how it ended."""
        result = {
            "package": self.package,
            "module": self.module,
            "output": self.said.decode("utf-8", "replace"),
        }
        if is_late:
            return dict(result, outcome="late")
        if os.WIFSIGNALED(status):
            return dict(result, outcome="died", signal=signal_name(os.WTERMSIG(status)))
        try:
            return dict(json.loads(self.described.decode("utf-8")), **result)
        except ValueError:
            return dict(result, outcome="left", status=os.WEXITSTATUS(status))


def listen(workers: list[Worker]) -> None:
    """Wait until a worker says something, or for a moment."""
    by_end = {end: worker for worker in workers for end in worker.ends}
    for end in select.select(list(by_end), [], [], _PATIENCE)[0]:
        by_end[end].read(end)


def work(module: str, is_sure: bool, saying: int, describing: int, library: Any) -> None:
    """Import one module, describe what came of it, and be gone without a farewell."""
    os.setpgid(0, 0)
    die_with_parent(library)
    os.dup2(saying, 1)
    os.dup2(saying, 2)
    leave_no_core()
    try:
        result = imported(module, is_sure)
        data = json.dumps(result).encode("utf-8")
        while data:
            data = data[os.write(describing, data) :]
    finally:
        os._exit(0)


def imported(module: str, is_sure: bool) -> dict[str, Any]:
    """What importing it came to. Whatever it raises is its answer."""
    import faulthandler
    import warnings

    faulthandler.enable(2)
    warnings.simplefilter("ignore")
    if not is_sure and not is_there(module):
        return {"outcome": "absent"}
    try:
        import_module(module)
    except BaseException as error:  # noqa: BLE001
        return described(error)
    return {"outcome": "imported"}


def is_there(module: str) -> bool:
    """Whether there is such a module; what its parents raise is told by their own import."""
    try:
        return find_spec(module) is not None
    except BaseException:  # noqa: BLE001
        return False


def described(error: BaseException) -> dict[str, Any]:
    """An exception with those that led to it, and the files that it passed through."""
    links: list[BaseException] = []
    link: BaseException | None = error
    while link is not None and len(links) < _MOST_LINKS and link not in links:
        links.append(link)
        link = link.__cause__ or link.__context__
    frames = [frame for one in reversed(links) for frame, _ in traceback.walk_tb(one.__traceback__)]
    files = [frame.f_code.co_filename for frame in frames]
    return {
        "outcome": "failed",
        "errors": [told_error(one) for one in links],
        "files": [one for one in dict.fromkeys(files) if one != __file__ and not one.startswith("<")][
            -_MOST_FILES:
        ],
    }


def told_error(error: BaseException) -> dict[str, str]:
    """Its kind, the last line that Python would print, and the module that was not found."""
    try:
        lines = "".join(traceback.format_exception_only(type(error), error)).strip().splitlines()
    except Exception:  # noqa: BLE001 - an exception may have no text, and say so by raising
        lines = []
    kind = type(error).__name__
    missing = error.name if isinstance(error, ModuleNotFoundError) else None
    first = next((line for line in lines if line.startswith((kind, type(error).__module__))), "")
    return {"kind": kind, "line": (first or kind)[:_MOST_TEXT], "missing": str(missing or "")[:_MOST_TEXT]}


def c_library() -> Any:
    """The C library, or None where ctypes is missing."""
    try:
        import ctypes

        return ctypes.CDLL(None, use_errno=True)
    except (ImportError, OSError):
        return None


def die_with_parent(library: Any) -> None:
    """Whoever kills the parent kills this process too."""
    if library is not None:
        library.prctl(_DIE_WITH_PARENT, int(signal.SIGKILL), 0, 0, 0)


def leave_network(library: Any) -> bool:
    """Move into a network without devices; whether that was allowed."""
    user, group = os.getuid(), os.getgid()
    if library is None:
        return False
    if library.unshare(_NEW_NETWORK) == 0:
        return True
    if library.unshare(_NEW_USERS | _NEW_NETWORK) != 0:
        return False
    for name, text in (("setgroups", "deny"), ("uid_map", "%d %d 1"), ("gid_map", "%d %d 1")):
        number = user if name == "uid_map" else group
        try:
            with open("/proc/self/" + name, "w", encoding="ascii") as file:
                file.write(text % (number, number) if "%" in text else text)
        except OSError:
            break  # files still open as before; only the names of users are others
    return True


def leave_no_core() -> None:
    """A crash leaves no file behind."""
    try:
        import resource

        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    except (ImportError, ValueError, OSError):
        return


def signal_name(number: int) -> str:
    """SIGSEGV for 11."""
    try:
        return signal.Signals(number).name
    except ValueError:
        return "signal %d" % number


def tell(end: int, value: dict[str, Any]) -> None:
    """Write one line of JSON."""
    data = (json.dumps(value) + "\n").encode("ascii")
    while data:
        data = data[os.write(end, data) :]


if __name__ == "__main__":
    main(sys.argv[1])
