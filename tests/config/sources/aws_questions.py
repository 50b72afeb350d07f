"""What both stores of AWS are asked, and how both fail."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, ClassVar

import msgspec
import pytest

from samestack.config.sources.catalogue import source_kind
from samestack.config.sources.kind import Question
from samestack.outside.source_error import Reason, SourceError
from tests.config.sources.misbehaving_servers import canned_server
from tests.config.sources.store_contract import CANARY, StoreContract
from tests.services.aws_server import AwsServer


def aws_question(locator: str, variables: Mapping[str, str], **options: Any) -> Question:
    """A question to whom the variables name."""
    return Question(
        locator=locator,
        project=Path(),
        profile="test",
        variables=variables,
        options=options,
        seconds=20,
    )


class AwsStoreContract(StoreContract):
    """What a store of AWS does when its server fails, or refuses."""

    locator: ClassVar[str]

    def question(self, host: str, *, seconds: float = 0.6) -> Question:
        variables = {**AwsServer(address=f"http://{host}").variables, "AWS_SECRET_ACCESS_KEY": CANARY}
        return msgspec.structs.replace(aws_question(self.locator, variables), seconds=seconds)

    @pytest.mark.parametrize(
        ("code", "expected"),
        [
            ("AccessDeniedException", Reason.DENIED),
            ("UnrecognizedClientException", Reason.DENIED),
            ("ExpiredTokenException", Reason.DENIED),
            ("ResourceNotFoundException", Reason.MISSING),
            ("ThrottlingException", Reason.UNREACHABLE),
            (CANARY, Reason.UNREACHABLE),
        ],
    )
    def test_a_refusal(self, code: str, expected: Reason) -> None:
        body = msgspec.json.encode({"__type": code, "message": CANARY})
        with canned_server(body, status=400) as host:
            assert self.reason(self._read, self.question(host, seconds=10)) is expected

    def test_no_credentials(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")
        without = dict(self.question("127.0.0.1:9").variables)
        del without["AWS_SECRET_ACCESS_KEY"]
        with pytest.raises(SourceError, match="no AWS credentials") as caught:
            self._read(aws_question(self.locator, without))
        assert caught.value.reason is Reason.DENIED

    def test_no_region(self) -> None:
        without = dict(self.question("127.0.0.1:9").variables)
        del without["AWS_DEFAULT_REGION"]
        with pytest.raises(SourceError, match="no AWS region") as caught:
            self._read(aws_question(self.locator, without))
        assert caught.value.reason is Reason.UNREACHABLE

    def test_a_profile_that_there_is_not(self) -> None:
        variables = {**self.question("127.0.0.1:9").variables, "AWS_PROFILE": "nobody"}
        with pytest.raises(SourceError) as caught:
            self._read(aws_question(self.locator, variables))
        assert caught.value.reason is Reason.DENIED

    @property
    def _read(self) -> Callable[[Question], Any]:
        return source_kind(self.kind).read
