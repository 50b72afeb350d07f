"""Whether what a thread is at is still wanted: an executor that is shut down tells its threads so."""

import threading
from typing import Final

_OF_THREAD: Final = threading.local()


def listen_to(event: threading.Event) -> None:
    """Have this thread stop what it is at once the event is set."""
    _OF_THREAD.event = event


def event_of_thread() -> threading.Event | None:
    """The event that this thread listens to."""
    return getattr(_OF_THREAD, "event", None)


def is_stopped() -> bool:
    """Whether this thread is to stop."""
    event = event_of_thread()
    return event is not None and event.is_set()
