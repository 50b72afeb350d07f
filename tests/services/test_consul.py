"""Consul as a source: a real one, whose access control lists refuse."""

from collections.abc import Mapping
from pathlib import Path

import msgspec
import pytest

from samestack.config.sources.catalogue import source_kind
from samestack.config.sources.kind import Question
from samestack.outside.source_error import Reason, SourceError
from tests.contracts.config_source_cases import SourceCase
from tests.contracts.config_source_contract import SourceContract
from tests.services.consul_server import ConsulServer

CONSUL = source_kind("consul")


class ConsulCase(SourceCase):
    kind = "consul"
    malformed = True

    def __init__(self, server: ConsulServer, prefix: str) -> None:
        self._server = server
        self._prefix = prefix

    def plant(self, values: Mapping[str, str]) -> Question:
        wanted = {f"{self._prefix}/{name.lower().replace('__', '/')}": said for name, said in values.items()}
        for key in self._server.keys(f"{self._prefix}/"):
            if key not in wanted:
                self._server.delete(key)
        for key, value in wanted.items():
            self._server.put(key, value)
        return self._asked(self._prefix)

    def absent(self) -> Question:
        return self._asked("nowhere")

    def malform(self, canary: str) -> Question:
        self._server.put(f"{self._prefix}/blob", canary.encode() + b"\xff")
        return self._asked(self._prefix)

    def _asked(self, prefix: str) -> Question:
        return Question(
            locator=prefix, project=Path(), profile="test", variables=self._server.variables, seconds=10
        )


@pytest.fixture
def case(consul_server: ConsulServer, request: pytest.FixtureRequest) -> ConsulCase:
    return ConsulCase(consul_server, f"tests/{abs(hash(request.node.name))}")


@pytest.mark.service
class TestConsul(SourceContract):
    @pytest.fixture
    def case(self, case: ConsulCase) -> SourceCase:
        return case


def with_token(question: Question, token: str) -> Question:
    return msgspec.structs.replace(question, variables={**question.variables, "CONSUL_HTTP_TOKEN": token})


@pytest.mark.service
@pytest.mark.parametrize("ask", [CONSUL.read, CONSUL.present, CONSUL.revision])
def test_those_who_may_not_read_see_nothing(
    consul_server: ConsulServer, case: ConsulCase, ask: object
) -> None:
    question = with_token(case.plant({"PORT": "1"}), consul_server.reader("elsewhere/"))
    assert callable(ask)
    with pytest.raises(SourceError, match="answers the same to those who may not read") as caught:
        ask(question)
    assert caught.value.reason is Reason.EMPTY


@pytest.mark.service
def test_a_token_that_consul_does_not_know_is_denied(case: ConsulCase) -> None:
    question = with_token(case.plant({"PORT": "1"}), "00000000-0000-0000-0000-00000000dead")
    with pytest.raises(SourceError) as caught:
        CONSUL.read(question)
    assert caught.value.reason is Reason.DENIED
    assert "dead" not in str(caught.value)


@pytest.mark.service
def test_a_reader_reads_what_is_below_its_prefix_alone(consul_server: ConsulServer, case: ConsulCase) -> None:
    question = case.plant({"PORT": "1"})
    consul_server.put(f"{question.locator}-eu/port", "2")
    consul_server.put(f"{question.locator}/limits/", "")  # what Consul's own pages make for a folder
    entries = CONSUL.read(with_token(question, consul_server.reader(f"{question.locator}/")))
    assert [(entry.name, entry.value) for entry in entries] == [("PORT", "1")]


@pytest.mark.service
def test_the_place_is_the_index_of_the_last_change(consul_server: ConsulServer, case: ConsulCase) -> None:
    question = case.plant({"PORT": "1", "HOST": "a"})
    before = {entry.name: entry.origin.place for entry in CONSUL.read(question)}
    after = {entry.name: entry.origin.place for entry in CONSUL.read(case.plant({"PORT": "1", "HOST": "b"}))}
    assert before["PORT"] == after["PORT"]
    assert int(after["HOST"].removeprefix("index ")) > int(before["HOST"].removeprefix("index "))


@pytest.mark.service
def test_what_changes_elsewhere_is_no_revision(consul_server: ConsulServer, case: ConsulCase) -> None:
    question = case.plant({"PORT": "1"})
    assert CONSUL.revision is not None
    before = CONSUL.revision(question)
    consul_server.put("elsewhere/port", "2")
    assert CONSUL.revision(question) == before
