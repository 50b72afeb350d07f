"""Work that is begun at once, and waited for in its time."""

import threading
import time

import pytest

from samestack.errors import OutsideError, RequestError
from samestack.parity.asking import begun


def test_what_the_work_gives_is_given() -> None:
    assert begun(lambda: 7, 5.0)() == 7


def test_what_the_work_raises_is_raised() -> None:
    def fail() -> int:
        raise RequestError("not so")

    with pytest.raises(RequestError, match="not so"):
        begun(fail, 5.0)()


def test_work_that_is_late_is_an_error_and_nobody_waits_for_it() -> None:
    forever = threading.Event()
    started = time.monotonic()
    with pytest.raises(OutsideError, match=r"no answer within 0\.2 seconds"):
        begun(forever.wait, 0.2)()
    assert time.monotonic() - started < 5
    forever.set()


def test_all_are_begun_before_any_is_waited_for() -> None:
    barrier = threading.Barrier(3, timeout=5)
    waiting = [begun(barrier.wait, 5.0) for _ in range(3)]
    assert sorted(wait() for wait in waiting) == [0, 1, 2]


def test_an_error_of_time_that_the_work_has_itself_stays_what_it_is() -> None:
    def fail() -> int:
        raise TimeoutError("its own")

    wait = begun(fail, 5.0)
    with pytest.raises(TimeoutError, match="its own"):
        wait()
