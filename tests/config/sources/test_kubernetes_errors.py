"""Kubernetes that answers otherwise than it should; a real one is asked in ``tests/services/``."""

import base64
import json
from collections.abc import Mapping
from pathlib import Path
from typing import ClassVar

import msgspec
import pytest

from samestack.capture.kubernetes.connection import MAX_BYTES
from samestack.config.sources.catalogue import source_kind
from samestack.config.sources.kind import Question
from samestack.errors import InputError
from samestack.outside.source_error import Reason, SourceError
from tests.config.sources.kubeconfigs import by_kubeconfig, kubeconfig, written
from tests.config.sources.misbehaving_servers import canned_server
from tests.config.sources.store_contract import CANARY, StoreContract, told

SECRET = source_kind("kubernetes-secret")
CONFIG_MAP = source_kind("kubernetes-configmap")


class TestSecretErrors(StoreContract):
    kind: ClassVar[str] = "kubernetes-secret"

    @pytest.fixture(autouse=True)
    def place(self, tmp_path: Path) -> None:
        self.file = tmp_path / "kubeconfig"

    def question(self, host: str, *, seconds: float = 0.6) -> Question:
        return by_kubeconfig(
            written(kubeconfig(f"http://{host}", {"token": CANARY}), self.file), seconds=seconds
        )


class TestConfigMapErrors(TestSecretErrors):
    kind: ClassVar[str] = "kubernetes-configmap"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "kubeconfig"


def at(host: str, file: Path, locator: str = "helpdesk/production") -> Question:
    return by_kubeconfig(written(kubeconfig(f"http://{host}", {"token": CANARY}), file), locator)


def answer(data: Mapping[str, bytes | str | None], binary: Mapping[str, bytes] | None = None) -> bytes:
    """An object as the server sends it."""
    said = {
        key: base64.b64encode(value).decode() if isinstance(value, bytes) else value
        for key, value in data.items()
    }
    document: dict[str, object] = {"metadata": {"resourceVersion": "7"}, "data": said}
    if binary is not None:
        document["binaryData"] = {key: base64.b64encode(value).decode() for key, value in binary.items()}
    return json.dumps(document).encode()


@pytest.mark.parametrize(
    ("status", "reason", "said"),
    [
        (401, Reason.DENIED, "does not know who asks"),
        (403, Reason.DENIED, "helpdesk/production may not be read"),
        (404, Reason.MISSING, "there is no Secret helpdesk/production"),
        (429, Reason.UNREACHABLE, "overloaded"),
        (503, Reason.UNREACHABLE, "status 503"),
    ],
)
def test_refusals(file: Path, status: int, reason: Reason, said: str) -> None:
    body = json.dumps({"kind": "Status", "message": CANARY}).encode()
    with canned_server(body, status=status) as host, pytest.raises(SourceError, match=said) as caught:
        SECRET.read(at(host, file))
    assert caught.value.reason is reason
    assert CANARY not in told(caught.value)


def test_values_are_texts_and_null_is_an_empty_one(file: Path) -> None:
    with canned_server(answer({"api-key": b"a\n", "region": None})) as host:
        entries = SECRET.read(at(host, file))
    assert [(entry.name, entry.value) for entry in entries] == [("API_KEY", "a\n"), ("REGION", "")]
    assert {str(entry.origin) for entry in entries} == {
        "kubernetes-secret:helpdesk/production, resource version 7"
    }


@pytest.mark.parametrize("value", [CANARY.encode() + b"\xff", f"{CANARY}*"])
def test_a_value_that_is_no_text(file: Path, value: bytes | str) -> None:
    with (
        canned_server(answer({"api-key": value, "port": b"1"})) as host,
        pytest.raises(InputError, match="api-key: not UTF-8 text") as caught,
    ):
        SECRET.read(at(host, file))
    assert CANARY not in told(caught.value)


def test_a_value_that_is_no_text_matters_only_where_the_schema_knows_it(file: Path) -> None:
    with canned_server(answer({"port": "1"}, {"logo": b"\xff", "note": b"x"})) as host:
        question = at(host, file)
        known = msgspec.structs.replace(question, names=frozenset({"PORT"}))
        assert [entry.name for entry in CONFIG_MAP.read(known)] == ["NOTE", "PORT"]
        with pytest.raises(InputError, match="logo: not UTF-8 text"):
            CONFIG_MAP.read(msgspec.structs.replace(question, names=frozenset({"LOGO"})))


def test_files_are_no_variables_unless_the_schema_says_so(file: Path) -> None:
    data = {"app.yaml": b"a: 1", "google.json": b"{}", "9lives": b"x", "log.level": b"INFO"}
    with canned_server(answer(data)) as host:
        question = at(host, file)
        assert [entry.name for entry in SECRET.read(question)] == ["LOG_LEVEL"]
        known = msgspec.structs.replace(question, names=frozenset({"GOOGLE_JSON"}))
        assert [entry.name for entry in SECRET.read(known)] == ["GOOGLE_JSON", "LOG_LEVEL"]


def test_two_keys_of_one_variable(file: Path) -> None:
    with (
        canned_server(answer({"api-key": b"1", "api_key": b"2"})) as host,
        pytest.raises(InputError, match="a second key is the variable API_KEY") as caught,
    ):
        SECRET.read(at(host, file))
    assert caught.value.hint == "keep this, or api-key"


def test_an_object_of_another_shape_shows_no_value(file: Path) -> None:
    body = json.dumps({"metadata": {"resourceVersion": "7"}, "data": {CANARY: [CANARY]}}).encode()
    with canned_server(body) as host, pytest.raises(InputError) as caught:
        SECRET.read(at(host, file))
    assert CANARY not in told(caught.value)


def test_an_answer_has_a_limit(file: Path) -> None:
    body = answer({"api-key": b"x" * MAX_BYTES})
    for status in (200, 500):
        with (
            canned_server(body, status=status) as host,
            pytest.raises(InputError, match="larger than the limit of 4,194,304"),
        ):
            SECRET.read(at(host, file))


def test_a_compressed_answer_is_not_unpacked(file: Path) -> None:
    headers = {"Content-Encoding": "gzip"}
    with canned_server(b"\x1f\x8b" + b"x" * 100, headers=headers) as host, pytest.raises(InputError):
        SECRET.read(at(host, file))


@pytest.mark.parametrize(
    "locator",
    ["", "/", "/name", "a/b/c", "../secret", "Helpdesk/x", "helpdesk/", "a/..", f"{'n' * 64}/x", "a b"],
)
def test_a_place_that_is_none(file: Path, locator: str) -> None:
    with pytest.raises(InputError, match="no name of a Secret"):
        SECRET.read(at("127.0.0.1:1", file, locator))
