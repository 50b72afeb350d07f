"""The limit of time holds whatever is waited for."""

import threading
import time

import pytest

from samestack.outside.source_error import Reason, SourceError
from samestack.outside.time_limit import in_time


def test_what_is_in_time() -> None:
    assert in_time(lambda: "answer", 5, "consul:x") == "answer"


def test_what_fails_in_time_fails_as_it_did() -> None:
    def fail() -> str:
        raise KeyError("as it did")

    with pytest.raises(KeyError, match="as it did"):
        in_time(fail, 5, "consul:x")


def test_what_is_late_is_not_waited_for() -> None:
    ended = threading.Event()
    began = time.monotonic()
    with pytest.raises(SourceError, match=r"consul:x: no answer within 0\.1 seconds") as caught:
        in_time(lambda: ended.wait(30), 0.1, "consul:x")
    ended.set()
    assert time.monotonic() - began < 5
    assert caught.value.reason is Reason.UNREACHABLE
