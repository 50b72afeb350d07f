"""A process that is told to end ends as by Ctrl-C: what it began is cleaned up."""

import contextlib
import signal
import threading
from collections.abc import Iterator
from types import FrameType
from typing import Final, NoReturn

_SIGNALS: Final = (signal.SIGTERM, signal.SIGHUP)


@contextlib.contextmanager
def ending_like_interrupts() -> Iterator[None]:
    """While this lasts, SIGTERM and SIGHUP raise ``KeyboardInterrupt``, unless they are ignored already.

    Elsewhere than in the main thread, where Python lets nobody say so, nothing changes.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    ending = [number for number in _SIGNALS if signal.getsignal(number) is signal.SIG_DFL]
    for number in ending:
        signal.signal(number, _interrupt)
    try:
        yield
    finally:
        for number in ending:
            signal.signal(number, signal.SIG_DFL)


def _interrupt(_number: int, _frame: FrameType | None) -> NoReturn:
    raise KeyboardInterrupt
