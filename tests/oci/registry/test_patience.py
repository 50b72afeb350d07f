from collections import deque
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samestack.oci.registry.failures import PassingError
from samestack.oci.registry.patience import Patience, Waiting, seconds_asked

NOW = datetime(2026, 1, 1, tzinfo=UTC)


def failing(patience: Patience, *asked: float) -> list[float]:
    """The waits until the last failure is raised."""
    waits: list[float] = []
    waiting = Waiting(Patience(attempts=patience.attempts, longest=patience.longest, sleep=waits.append))
    failures = [PassingError("it fails", wait=seconds) for seconds in (*asked, *[0.0] * patience.attempts)]
    with pytest.raises(PassingError):
        deque(map(waiting.after, failures), maxlen=0)
    return waits


def test_each_wait_is_twice_as_long() -> None:
    assert failing(Patience()) == [1.0, 2.0, 4.0, 8.0]


def test_no_wait_is_longer_than_the_longest() -> None:
    assert failing(Patience(attempts=6, longest=5.0)) == [1.0, 2.0, 4.0, 5.0, 5.0]


def test_a_registry_is_given_the_time_that_it_asks_for() -> None:
    assert failing(Patience(), 30.0) == [30.0, 2.0, 4.0, 8.0]


def test_a_registry_that_asks_for_an_hour_is_not_waited_for() -> None:
    assert failing(Patience(), 3600.0) == []


def test_progress_gives_new_patience() -> None:
    waits: list[float] = []
    waiting = Waiting(Patience(attempts=2, sleep=waits.append))
    for _ in range(5):
        waiting.after(PassingError("it fails"))
        waiting.progressed()
    assert waits == [1.0] * 5


@pytest.mark.parametrize(
    ("header", "seconds"),
    [
        ("", 0.0),
        ("7", 7.0),
        (" 7 ", 7.0),
        ("-7", 0.0),
        ("1e9", 0.0),
        ("9" * 400, 0.0),
        ("Thu, 01 Jan 2026 00:00:30 GMT", 30.0),
        ("Thu, 01 Jan 2025 00:00:30 GMT", 0.0),
        ("soon", 0.0),
    ],
)
def test_what_a_registry_asks_for(header: str, seconds: float) -> None:
    assert seconds_asked(header, NOW) == seconds


@given(st.text(max_size=60))
def test_it_may_ask_for_anything(header: str) -> None:
    assert seconds_asked(header, NOW) >= 0.0
