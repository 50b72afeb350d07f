"""A command as a child: signals reach it, its exit status is ours, and it can be started anew."""

import contextlib
import os
import signal
import time
from collections.abc import Callable, Mapping, Sequence
from typing import Final, NoReturn

from samestack.config.running.outlet import Outlet
from samestack.config.running.redaction import Redactor
from samestack.process import spawn

_FORWARDED: Final = frozenset(
    {
        signal.SIGCONT,
        signal.SIGHUP,
        signal.SIGINT,
        signal.SIGQUIT,
        signal.SIGTERM,
        signal.SIGUSR1,
        signal.SIGUSR2,
    }
)
_AWAITED: Final = _FORWARDED | {signal.SIGCHLD, signal.SIGWINCH}
_FROM_TERMINAL: Final = 0x80
"""``SI_KERNEL``: the terminal sent it, to the command as well."""
_PATIENCE: Final = 10.0
"""Seconds that a command has to end in before it is killed."""
_LAST_WORDS: Final = 2.0


class Command:
    """A command that runs, and what is known of it."""

    def __init__(self, words: Sequence[str], variables: Mapping[str, str], secrets: frozenset[str]) -> None:
        self._outlets = [Outlet(number, Redactor(secrets)) for number in (1, 2)] if secrets else []
        outputs = {number: outlet.inner for number, outlet in enumerate(self._outlets, start=1)}
        self._id = spawn(words, variables, outputs)
        for outlet in self._outlets:
            outlet.begin()

    def status(self) -> int | None:
        """Its status as :func:`os.waitstatus_to_exitcode` has it; ``None`` while it runs."""
        identity, status = os.waitpid(self._id, os.WNOHANG)
        if not identity:
            return None
        for outlet in self._outlets:
            outlet.end(_LAST_WORDS)
        return os.waitstatus_to_exitcode(status)

    def tell(self, number: int) -> None:
        """Give it a signal."""
        os.kill(self._id, number)

    def resize(self) -> None:
        """Our terminal has another size."""
        for outlet in self._outlets:
            outlet.take_size()

    def end(self) -> None:
        """Let it end; it has :data:`_PATIENCE` for that."""
        self.tell(signal.SIGTERM)
        end = time.monotonic() + _PATIENCE
        while self.status() is None:
            left = end - time.monotonic()
            if left <= 0:
                self.tell(signal.SIGKILL)
            signal.sigtimedwait({signal.SIGCHLD}, max(left, 1.0))


def supervised(
    start: Callable[[], Command], *, renewed: Callable[[], bool] | None, interval: float
) -> NoReturn:
    """Run a command to its end, and end as it does.

    ``renewed`` is asked every ``interval`` seconds whether the command is to be started anew.
    """
    signal.pthread_sigmask(signal.SIG_BLOCK, _AWAITED)
    command = start()
    due = time.monotonic() + interval
    while (status := command.status()) is None:
        _awaited(command, due - time.monotonic() if renewed else interval)
        if renewed and time.monotonic() >= due:
            if renewed():
                command.end()
                command = start()
            due = time.monotonic() + interval
    _end_as(status)


def _awaited(command: Command, seconds: float) -> None:
    """Wait for a signal, and pass it on unless the command has been given it, too."""
    came = signal.sigtimedwait(_AWAITED, max(0.0, seconds))
    if came is None:
        return
    if came.si_signo == signal.SIGWINCH:
        command.resize()
    if came.si_signo in _FORWARDED and came.si_code != _FROM_TERMINAL:
        with contextlib.suppress(ProcessLookupError):
            command.tell(came.si_signo)


def _end_as(status: int) -> NoReturn:
    """End with a status, or by the signal that the command ended by."""
    if status < 0:
        if -status != signal.SIGKILL:  # which nobody can treat otherwise
            signal.signal(-status, signal.SIG_DFL)
        signal.pthread_sigmask(signal.SIG_UNBLOCK, _AWAITED | {-status})
        os.kill(os.getpid(), -status)
    os._exit(status if status >= 0 else 128 - status)
