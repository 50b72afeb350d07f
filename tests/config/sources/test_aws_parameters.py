"""AWS Parameter Store as a source, which moto plays."""

from collections.abc import Iterator, Mapping
from typing import Any

import msgspec
import pytest

from samestack.config.sources.catalogue import source_kind
from samestack.config.sources.kind import Question
from samestack.errors import InputError, RequestError
from samestack.outside.source_error import Reason, SourceError
from tests.config.sources.aws_questions import AwsStoreContract, aws_question
from tests.config.sources.misbehaving_servers import canned_server
from tests.config.sources.store_contract import CANARY, told
from tests.contracts.config_source_cases import SourceCase
from tests.contracts.config_source_contract import SourceContract
from tests.services.aws_server import AwsServer

PARAMETERS = source_kind("aws-parameters")


class ParameterCase(SourceCase):
    kind = "aws-parameters"
    tells_change = True
    malformed = True

    def __init__(self, server: AwsServer, path: str) -> None:
        self._server = server
        self._client = server.client("ssm")
        self._path = path
        self._planted: set[str] = set()

    def plant(self, values: Mapping[str, str]) -> Question:
        wanted = {self._name(name): value for name, value in values.items()}
        self.forget(self._planted - wanted.keys())
        for name, value in wanted.items():
            self.put(name, value)
        return self.asked(self._path)

    def put(self, name: str, value: str, kind: str = "SecureString") -> None:
        self._client.put_parameter(Name=name, Value=value, Type=kind, Overwrite=True)
        self._planted.add(name)

    def forget(self, names: set[str]) -> None:
        for name in names:
            self._client.delete_parameter(Name=name)
        self._planted -= names

    def close(self) -> None:
        self.forget(set(self._planted))
        self._client.close()

    def absent(self) -> Question:
        return self.asked("/nowhere")

    def malform(self, canary: str) -> Question:
        self.put(f"{self._path}/1st", canary)
        return self.asked(self._path)

    def asked(self, path: str) -> Question:
        return aws_question(path, self._server.variables)

    def _name(self, name: str) -> str:
        return f"{self._path}/{name.lower().replace('__', '/')}"


@pytest.fixture
def case(aws_server: AwsServer, request: pytest.FixtureRequest) -> Iterator[ParameterCase]:
    made = ParameterCase(aws_server, f"/tests/{abs(hash(request.node.name))}")
    yield made
    made.close()


class TestParameters(SourceContract):
    @pytest.fixture
    def case(self, case: ParameterCase) -> SourceCase:
        return case


class TestParameterErrors(AwsStoreContract):
    kind = "aws-parameters"
    locator = "/helpdesk/production"


def test_every_page_is_read(case: ParameterCase) -> None:
    """A page has at most ten."""
    values = {f"LIMIT_{number:02}": str(number) for number in range(23)}
    question = case.plant(values)
    assert {entry.name: entry.value for entry in PARAMETERS.read(question)} == values
    assert PARAMETERS.present is not None
    assert [name for name, _ in PARAMETERS.present(question)] == sorted(values)


def test_only_what_is_encrypted_is_protected(case: ParameterCase) -> None:
    question = case.plant({"API_KEY": "1"})
    case.put(f"{question.locator}/region", "eu", "String")
    case.put(f"{question.locator}/hosts", "a,b", "StringList")
    assert PARAMETERS.present is not None
    found = {entry.name: (entry.value, entry.origin.is_protected) for entry in PARAMETERS.read(question)}
    assert found == {"API_KEY": ("1", True), "HOSTS": (["a", "b"], False), "REGION": ("eu", False)}
    shown = {name: origin.is_protected for name, origin in PARAMETERS.present(question)}
    assert shown == {"API_KEY": True, "HOSTS": False, "REGION": False}


def test_the_place_is_the_version(case: ParameterCase) -> None:
    case.plant({"PORT": "1"})
    (entry,) = PARAMETERS.read(case.plant({"PORT": "2"}))
    assert str(entry.origin).endswith(", version 2")


def test_a_path_whose_name_only_begins_alike(case: ParameterCase) -> None:
    question = case.plant({"PORT": "1"})
    case.put(f"{question.locator}-eu/port", "2")
    assert [entry.value for entry in PARAMETERS.read(question)] == ["1"]
    ended = msgspec.structs.replace(question, locator=f"{question.locator}/")
    assert [entry.value for entry in PARAMETERS.read(ended)] == ["1"]


def test_an_empty_path_is_empty(case: ParameterCase) -> None:
    with pytest.raises(SourceError, match="no parameter is below it") as caught:
        PARAMETERS.read(case.absent())
    assert caught.value.reason is Reason.EMPTY


def test_a_path_that_is_none(case: ParameterCase) -> None:
    with pytest.raises(RequestError) as caught:
        PARAMETERS.read(case.asked("helpdesk"))
    assert caught.value.hint == "write aws-parameters:/helpdesk"


def parameter(**said: Any) -> bytes:
    one = {"Name": "/helpdesk/production/port", "Type": "String", "Version": 1, "LastModifiedDate": 1.7e9}
    return msgspec.json.encode({"Parameters": [{**one, "Value": CANARY, **said}]})


@pytest.mark.parametrize("said", [{"Version": CANARY}, {"LastModifiedDate": CANARY}, {"Name": CANARY}])
def test_a_parameter_that_is_none(case: ParameterCase, said: dict[str, Any]) -> None:
    with canned_server(parameter(**said)) as host, pytest.raises(InputError) as caught:
        PARAMETERS.read(aws_question("/helpdesk/production", {**_variables(host)}))
    assert CANARY not in told(caught.value)


def test_pages_without_an_end() -> None:
    body = b'{"Parameters": [], "NextToken": "again"}'
    with canned_server(body) as host, pytest.raises(InputError, match="none of AWS"):
        PARAMETERS.read(aws_question("/helpdesk/production", _variables(host)))


def _variables(host: str) -> dict[str, str]:
    return AwsServer(address=f"http://{host}").variables
