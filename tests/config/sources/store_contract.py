"""What every store does when its server is down, slow, in disorder or a stranger's."""

import time
import traceback
from abc import ABC, abstractmethod
from collections.abc import Callable
from typing import Any, ClassVar

import pytest

from samestack.config.sources.catalogue import source_kind
from samestack.config.sources.kind import Question
from samestack.errors import InputError, SamestackError
from samestack.outside.bounded_body import MAX_BYTES
from samestack.outside.source_error import Reason, SourceError
from tests.config.sources.misbehaving_servers import (
    canned_server,
    nobody,
    silent_server,
    trickling_server,
)

CANARY = "canary-77aa31c0d2"
_SECONDS = 0.6
"""Enough for what answers at once, on a machine that has other things to do."""


def told(error: SamestackError) -> str:
    """Everything that anybody can be shown of an error."""
    return f"{error.message} {error.hint} {error!r} {''.join(traceback.format_exception(error))}"


class StoreContract(ABC):
    """A subclass named ``Test...`` says how its kind is asked at an address."""

    kind: ClassVar[str]

    @abstractmethod
    def question(self, host: str, *, seconds: float = _SECONDS) -> Question:
        """A question to the server at a host and port, whose token is the canary."""

    @pytest.fixture(params=["read", "present", "revision"])
    def ask(self, request: pytest.FixtureRequest) -> Callable[[Question], Any]:
        """Each way to ask that the kind has."""
        found = getattr(source_kind(self.kind), request.param)
        return found if found is not None else source_kind(self.kind).read

    def failure(self, ask: Callable[[Question], Any], question: Question) -> SamestackError:
        """The error that asking ends in, which shows no token and nothing that the server said."""
        with pytest.raises((SourceError, InputError)) as caught:
            ask(question)
        error: SamestackError = caught.value
        assert CANARY not in told(error)
        return error

    def reason(self, ask: Callable[[Question], Any], question: Question) -> Reason:
        error = self.failure(ask, question)
        assert isinstance(error, SourceError)
        return error.reason

    def test_nobody_answers(self, ask: Callable[[Question], Any]) -> None:
        with nobody() as host:
            assert self.reason(ask, self.question(host, seconds=5)) is Reason.UNREACHABLE

    def test_no_answer_in_time(self, ask: Callable[[Question], Any]) -> None:
        with silent_server() as host:
            began = time.monotonic()
            error = self.failure(ask, self.question(host))
            assert time.monotonic() - began < _SECONDS + 1
        assert "no answer within 0.6 seconds" in error.message

    def test_an_answer_that_trickles(self, ask: Callable[[Question], Any]) -> None:
        with trickling_server() as host:
            began = time.monotonic()
            error = self.failure(ask, self.question(host))
            assert time.monotonic() - began < _SECONDS + 1
        assert "no answer within 0.6 seconds" in error.message

    @pytest.mark.parametrize(
        "body",
        [
            b"<html>" + CANARY.encode(),
            b'{"data": "' + CANARY.encode() + b'"}',
            b'["' + CANARY.encode(),
            b"null",
            b"\xff" + CANARY.encode(),
            b"[" * 100_000,
        ],
        ids=["html", "another", "cut", "null", "bytes", "deep"],
    )
    def test_an_answer_that_is_none(self, ask: Callable[[Question], Any], body: bytes) -> None:
        with canned_server(body) as host:
            assert isinstance(self.failure(ask, self.question(host, seconds=5)), InputError)

    def test_an_answer_that_is_too_large(self, ask: Callable[[Question], Any]) -> None:
        with canned_server(b'"' + b"x" * MAX_BYTES + b'"') as host:
            error = self.failure(ask, self.question(host, seconds=20))
        assert "larger than the limit" in error.message

    @pytest.mark.parametrize("status", [400, 418, 500, 502])
    def test_an_answer_of_another_status(self, ask: Callable[[Question], Any], status: int) -> None:
        with canned_server(CANARY.encode(), status=status) as host:
            error = self.failure(ask, self.question(host, seconds=10))
        assert isinstance(error, SourceError)
        assert error.reason is Reason.UNREACHABLE
        assert str(status) in error.message

    def test_a_redirection_gets_no_token(self, ask: Callable[[Question], Any]) -> None:
        with canned_server(b"{}") as other:
            headers = {"Location": f"http://{other}/"}
            with canned_server(b"", status=307, headers=headers) as host:
                assert self.reason(ask, self.question(host, seconds=5)) is Reason.UNREACHABLE
