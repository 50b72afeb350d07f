"""A limit of time that holds whatever is waited for: names that resolve slowly, and answers that trickle."""

import queue
import threading
from collections.abc import Callable
from typing import TypeVar

from samestack.outside.source_error import Reason, SourceError

Answer = TypeVar("Answer")


def in_time(work: Callable[[], Answer], seconds: float, source: str) -> Answer:
    """What ``work`` returns or raises; :class:`SourceError` when that takes longer.

    What is too late is left to end by itself, in a thread that no program waits for: limits of sockets alone
    start again with every byte.
    """
    told: queue.SimpleQueue[Answer] = queue.SimpleQueue()
    failed: queue.SimpleQueue[Exception] = queue.SimpleQueue()
    ended = threading.Event()

    def run() -> None:
        try:
            told.put(work())
        except Exception as error:  # noqa: BLE001 - raised again below, where the answer is waited for
            failed.put(error)
        ended.set()

    threading.Thread(target=run, daemon=True).start()
    if not ended.wait(seconds):
        raise late(source, seconds)
    if not failed.empty():
        raise failed.get()
    return told.get()


def late(source: str, seconds: float) -> SourceError:
    """That there was no answer within the time."""
    return SourceError(source, Reason.UNREACHABLE, f"no answer within {seconds:g} seconds")
