"""Trials on this machine, several at a time.

Threads are enough: each starts a process of its own for its trial and waits for it.
"""

import threading
from concurrent.futures import ThreadPoolExecutor

from samestack.behaviour.bisecting.trials.stopping import listen_to


class LocalExecutor(ThreadPoolExecutor):
    """Carries out so many trials at once; those that run when it is shut down without waiting are stopped."""

    def __init__(self, jobs: int = 1) -> None:
        self.workers = jobs
        self._is_over = threading.Event()
        super().__init__(jobs, thread_name_prefix="trial", initializer=listen_to, initargs=(self._is_over,))

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:  # noqa: FBT001, FBT002
        """Take no more; with ``cancel_futures`` end those that run as well."""
        if cancel_futures:
            self._is_over.set()
        super().shutdown(wait, cancel_futures=cancel_futures)
