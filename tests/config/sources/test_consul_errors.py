"""Consul that does not answer as it should; what a real one says is in ``tests/services/test_consul.py``."""

import base64
import json
from pathlib import Path

import pytest

from samestack.config.sources.catalogue import source_kind
from samestack.config.sources.kind import Question
from samestack.errors import InputError
from samestack.outside.source_error import Reason, SourceError
from tests.config.sources.misbehaving_servers import canned_server
from tests.config.sources.store_contract import CANARY, StoreContract, told

CONSUL = source_kind("consul")


def asked(host: str, seconds: float = 5, **variables: str) -> Question:
    said = {"CONSUL_HTTP_ADDR": host, "CONSUL_HTTP_TOKEN": CANARY, **variables}
    return Question(
        locator="helpdesk/production", project=Path(), profile="test", variables=said, seconds=seconds
    )


class TestConsulErrors(StoreContract):
    kind = "consul"

    def question(self, host: str, *, seconds: float = 0.6) -> Question:
        return asked(host, seconds)


def pairs(**values: bytes) -> bytes:
    """An answer with these keys."""
    said = [
        {
            "Key": f"helpdesk/production/{key}",
            "ModifyIndex": 7,
            "Flags": 42,
            "Value": base64.b64encode(value).decode(),
        }
        for key, value in values.items()
    ]
    return json.dumps(said).encode()


def test_a_value_that_is_no_text() -> None:
    with (
        canned_server(pairs(port=b"1", blob=CANARY.encode() + b"\xff")) as host,
        pytest.raises(InputError) as caught,
    ):
        CONSUL.read(asked(host))
    assert caught.value.message.startswith("consul:helpdesk/production: helpdesk/production/blob: ")
    assert CANARY not in told(caught.value)


def test_a_value_that_is_no_base64() -> None:
    body = pairs(port=b"1").replace(b"MQ==", b"M*!" + CANARY.encode())
    with canned_server(body) as host, pytest.raises(InputError) as caught:
        CONSUL.read(asked(host))
    assert CANARY not in told(caught.value)


def test_a_key_that_was_not_asked_for() -> None:
    body = pairs(port=b"1").replace(b"helpdesk/production/", b"elsewhere/")
    with canned_server(body) as host, pytest.raises(InputError, match="not asked for"):
        CONSUL.read(asked(host))


def test_two_keys_of_one_variable() -> None:
    with (
        canned_server(pairs(**{"api-key": b"1", "api_key": b"2"})) as host,
        pytest.raises(InputError, match="a second path is the variable API_KEY") as caught,
    ):
        CONSUL.read(asked(host))
    assert caught.value.hint == "keep this, or api-key"


def test_a_key_that_no_variable_can_be_called_after() -> None:
    with (
        canned_server(pairs(**{"api key": b"1"})) as host,
        pytest.raises(InputError, match="no variable has such a name"),
    ):
        CONSUL.read(asked(host))


def test_a_key_without_a_value_is_an_empty_text() -> None:
    body = b'[{"Key": "helpdesk/production/region", "ModifyIndex": 3, "Value": null}]'
    with canned_server(body) as host:
        (entry,) = CONSUL.read(asked(host))
    assert (entry.name, entry.value, entry.origin.place) == ("REGION", "", "index 3")


def test_more_variables_than_anybody_has() -> None:
    keys = [f"helpdesk/production/k{number}" for number in range(10_001)]
    assert CONSUL.present is not None
    with (
        canned_server(json.dumps(keys).encode()) as host,
        pytest.raises(InputError, match="more than 10,000 variables"),
    ):
        CONSUL.present(asked(host))


def test_an_answer_without_an_index() -> None:
    assert CONSUL.revision is not None
    with canned_server(b"[]") as host, pytest.raises(InputError, match="X-Consul-Index"):
        CONSUL.revision(asked(host))


def test_an_encrypted_connection_to_a_plain_server() -> None:
    with canned_server(pairs(port=b"1")) as host, pytest.raises(SourceError) as caught:
        CONSUL.read(asked(host, CONSUL_HTTP_SSL="true"))
    assert caught.value.reason is Reason.UNREACHABLE


def test_certificates_that_are_not_there(tmp_path: Path) -> None:
    missing = str(tmp_path / "none.pem")
    with canned_server(b"[]") as host, pytest.raises(SourceError, match="certificates cannot be read"):
        CONSUL.read(asked(f"https://{host}", CONSUL_CACERT=missing))


def test_a_certificate_of_ones_own(own_certificate: Path) -> None:
    with canned_server(pairs(port=b"1"), certificate=own_certificate) as host:
        question = asked(host, CONSUL_HTTP_SSL="true", CONSUL_CACERT=str(own_certificate))
        assert [entry.value for entry in CONSUL.read(question)] == ["1"]
        with pytest.raises(SourceError, match="cannot be trusted"):
            CONSUL.read(asked(f"https://{host}"))


@pytest.mark.parametrize("address", ["unix:///run/consul", f"http://app:{CANARY}@:99999999", "http://"])
def test_an_address_that_is_none(address: str) -> None:
    with pytest.raises(SourceError, match="CONSUL_HTTP_ADDR is not the address") as caught:
        CONSUL.read(asked(address))
    assert CANARY not in told(caught.value)


def test_a_token_that_no_request_can_carry() -> None:
    with canned_server(b"[]") as host, pytest.raises(SourceError, match="cannot be sent") as caught:
        CONSUL.read(asked(host, CONSUL_HTTP_TOKEN=f"{CANARY}\nX-Other: 1"))
    assert CANARY not in told(caught.value)


def test_no_proxy_stands_before_this_machine() -> None:
    with canned_server(pairs(port=b"1")) as host:
        entries = CONSUL.read(asked(host, http_proxy="http://127.0.0.1:9", HTTP_PROXY="http://127.0.0.1:9"))
    assert [entry.name for entry in entries] == ["PORT"]


@pytest.mark.parametrize("locator", ["", "/", "a//b", "../secret", "a/./b"])
def test_a_prefix_that_is_none(locator: str) -> None:
    question = Question(locator=locator, project=Path(), profile="test")
    with pytest.raises(InputError, match="no prefix of keys"):
        CONSUL.read(question)
