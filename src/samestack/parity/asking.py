"""Work begun at once and waited for in its time: what is late is an error, and ends by itself."""

import threading
import time
from collections.abc import Callable
from concurrent.futures import Future
from typing import TypeVar

from samestack.errors import OutsideError

T = TypeVar("T")


def begun(work: Callable[[], T], seconds: float) -> Callable[[], T]:
    """Begin work in a thread that no program waits for; what is returned waits, and gives what came of it.

    It raises what the work does, and :class:`~samestack.errors.OutsideError` when ``seconds`` are over since
    the beginning.
    """
    future: Future[T] = Future()
    threading.Thread(target=lambda: _settle(future, work), daemon=True).start()
    end = time.monotonic() + seconds

    def wait() -> T:
        try:
            return future.result(timeout=max(0.0, end - time.monotonic()))
        except TimeoutError:
            if future.done():  # it is the work's own
                raise
            raise OutsideError(f"no answer within {seconds:g} seconds") from None

    return wait


def _settle(future: "Future[T]", work: Callable[[], T]) -> None:
    try:
        future.set_result(work())
    except BaseException as error:  # noqa: BLE001 - raised again where it is waited for
        future.set_exception(error)
