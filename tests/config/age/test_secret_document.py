"""The document in an age file: what it keeps, and what it refuses."""

import datetime as dt
import json
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from samestack.config.age.secret_document import (
    SCHEMA,
    Secret,
    Secrets,
    decode_secrets,
    encode_secrets,
    replaced,
    stamp,
    without,
)
from samestack.errors import InputError
from tests.config.age.values import SECRETS, VALUES

CANARY = "canary-71c2a9"
THEN, NOW = "2026-01-01T00:00:00Z", "2026-03-01T12:00:00Z"


@given(SECRETS)
def test_what_is_encoded_is_decoded(secrets: Secrets) -> None:
    assert decode_secrets(encode_secrets(secrets), "age:x") == secrets


@given(st.dictionaries(st.from_regex(r"[A-Z]{1,3}", fullmatch=True), VALUES), st.data())
def test_only_what_has_another_value_is_changed_now(values: dict[str, Any], data: st.DataObject) -> None:
    secrets = replaced(Secrets(), values, THEN)
    assert replaced(secrets, values, NOW) == secrets
    if values:
        name = data.draw(st.sampled_from(sorted(values)))
        after = replaced(secrets, {name: "another value than any that is drawn" * 3}, NOW)
        assert [one for one, secret in after.variables.items() if secret.changed == NOW] == [name]


def test_types_count_as_values_do() -> None:
    secrets = replaced(Secrets(), {"A": 1}, THEN)
    for other in (True, "1", 1.0, [1]):
        assert replaced(secrets, {"A": other}, NOW).variables["A"].changed == NOW


def test_a_variable_goes() -> None:
    secrets = replaced(Secrets(), {"A": "1", "B": "2"}, THEN)
    assert without(secrets, frozenset({"A", "C"})).values == {"B": "2"}


def test_times_are_in_utc_to_the_second() -> None:
    there = dt.timezone(dt.timedelta(hours=2))
    assert stamp(dt.datetime(2026, 3, 1, 14, 0, 0, 5, tzinfo=there)) == NOW


def test_nothing_shows_a_value() -> None:
    secrets = replaced(Secrets(), {"A": CANARY}, NOW)
    assert CANARY not in f"{secrets!r} {secrets} {secrets.variables['A']!r}"


@pytest.mark.parametrize(
    ("name", "secret", "message"),
    [
        ("a", {"value": "x", "changed": NOW}, "no variable has such a name"),
        ("A-B", {"value": "x", "changed": NOW}, "no variable has such a name"),
        ("A", {"value": None, "changed": NOW}, "null is no secret"),
        ("A", {"value": ["x", None], "changed": NOW}, "null is no secret"),
        ("A", {"value": {"b": "x"}, "changed": NOW}, "a map"),
        ("A", {"value": 2**63, "changed": NOW}, "more than 64 bits"),
        ("A", {"value": "x", "changed": "yesterday"}, "its time of change is none"),
        ("A", {"value": "x", "changed": "2026-03-01T12:00:00"}, "its time of change is none"),
        ("A", {"value": "x"}, "missing required field `changed`"),
        ("A", {"value": "x", "changed": NOW, "note": "y"}, "unknown field `note`"),
        ("A", CANARY, "Expected `object`, got `str`"),
    ],
)
def test_what_is_wrong_is_named_without_values(name: str, secret: Any, message: str) -> None:
    document = {"schema": SCHEMA, "variables": {name: secret, "Z": {"value": CANARY, "changed": NOW}}}
    with pytest.raises(InputError) as caught:
        decode_secrets(json.dumps(document).encode(), "age:x")
    assert message in caught.value.message
    assert CANARY not in f"{caught.value.message} {caught.value.hint}"


def test_nesting_has_an_end() -> None:
    value: list[Any] = []
    for _ in range(100):
        value = [value]
    data = msgspec.json.encode(Secrets(variables={"A": Secret(value=value, changed=NOW)}))
    with pytest.raises(InputError, match="nested too deeply"):
        decode_secrets(data, "age:x")


def test_a_later_schema_is_not_guessed_at() -> None:
    with pytest.raises(InputError, match="its schema is not samestack/secrets/1"):
        decode_secrets(b'{"schema": "samestack/secrets/9"}', "age:x")
