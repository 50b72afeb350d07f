"""SOPS files, as an encryption of our own by the published format writes them."""

import json
from pathlib import Path
from typing import Any

import pytest

from samestack.config.entry import Entry
from samestack.config.sources.catalogue import source_kind
from samestack.config.sources.kind import Question
from samestack.errors import InputError
from samestack.outside.source_error import Reason, SourceError
from tests.config.age.keys import Key, new_key
from tests.config.sops.writing import CHANGED, SopsWriter

KEY = new_key()
CANARY = "canary-4f0c8d"
DOCUMENT: dict[str, Any] = {
    "api_key": CANARY,
    "empty": "",
    "database": {
        "url": f"postgresql://app:{CANARY}@db",
        "port": 5432,
        "ratio": 0.25,
        "tls": True,
        "none": None,
    },
    "hosts": ["a", {"name": "b", "ports": [1, 2]}],
    "greeting": "Grüß Gott\nund\\n: so on",
}
FLAT = {"API_KEY": CANARY, "GREETING": "Grüß Gott\nund so on", "EMPTY": ""}
VALUES = {
    "API_KEY": CANARY,
    "EMPTY": "",
    "DATABASE__URL": f"postgresql://app:{CANARY}@db",
    "DATABASE__PORT": 5432,
    "DATABASE__RATIO": 0.25,
    "DATABASE__TLS": True,
    "DATABASE__NONE": None,
    "HOSTS": ["a", {"name": "b", "ports": [1, 2]}],
    "GREETING": "Grüß Gott\nund\\n: so on",
}


def read(text: str, name: str, directory: Path, key: Key = KEY) -> tuple[Entry, ...]:
    (directory / name).write_text(text)
    return source_kind("sops").read(
        Question(locator=name, project=directory, profile="production", variables=key.variables)
    )


def values(entries: tuple[Entry, ...]) -> dict[str, Any]:
    return {entry.name: entry.value for entry in entries}


def writer(**options: Any) -> SopsWriter:
    return SopsWriter([new_key().recipient, KEY.recipient], **options)


def test_yaml(tmp_path: Path) -> None:
    assert values(read(writer().yaml(DOCUMENT), "production.enc.yaml", tmp_path)) == VALUES


def test_json(tmp_path: Path) -> None:
    assert values(read(writer().json(DOCUMENT), "production.json", tmp_path)) == VALUES


@pytest.mark.parametrize("name", ["production.env", ".env"])
def test_env(name: str, tmp_path: Path) -> None:
    assert values(read(writer().env(FLAT), name, tmp_path)) == FLAT


def test_origins_say_when_and_whether_anybody_can_read_it(tmp_path: Path) -> None:
    text = writer(plain=["plain", "mixed"]).yaml(
        {**DOCUMENT, "plain": {"level": "INFO", "size": 3, "on": True}}
    )
    origins = {entry.name: entry.origin for entry in read(text, "x.yaml", tmp_path)}
    assert origins["DATABASE__URL"].place == "database.url"
    assert {origin.changed for origin in origins.values()} == {CHANGED}
    assert origins["DATABASE__URL"].is_protected
    assert origins["HOSTS"].is_protected
    assert origins["PLAIN__LEVEL"].is_protected is False
    assert origins["PLAIN__SIZE"].is_protected is False


@pytest.mark.parametrize("form", ["yaml", "json", "env"])
@pytest.mark.parametrize("mac_only_encrypted", [False, True])
def test_values_that_are_not_encrypted_count_in_the_mac_as_sops_has_it(
    form: str, tmp_path: Path, *, mac_only_encrypted: bool
) -> None:
    document = {**FLAT, "PLAIN": "INFO"}
    made = writer(plain=["PLAIN"], mac_only_encrypted=mac_only_encrypted)
    text: str = getattr(made, form)(document)
    assert values(read(text, f"x.{form}", tmp_path)) == document
    altered = text.replace("INFO", "DEBUG")
    if mac_only_encrypted:
        found = {entry.name: entry for entry in read(altered, f"x.{form}", tmp_path)}
        assert found["PLAIN"].value == "DEBUG"
        assert found["PLAIN"].origin.is_protected is False
    else:
        with pytest.raises(InputError, match="its MAC does not match"):
            read(altered, f"x.{form}", tmp_path)


@pytest.mark.parametrize("mac_only_encrypted", [False, True])
def test_an_encrypted_value_is_bound_to_its_place(tmp_path: Path, *, mac_only_encrypted: bool) -> None:
    document = writer(mac_only_encrypted=mac_only_encrypted).encrypted({"a": "1", "b": "2", "c": "3"})
    document["a"], document["b"] = document["b"], document["a"]
    with pytest.raises(InputError, match="a: its value was altered or moved"):
        read(json.dumps(document), "x.json", tmp_path)


@pytest.mark.parametrize("mac_only_encrypted", [False, True])
def test_nothing_encrypted_can_be_left_out_replaced_or_put_in_another_order(
    tmp_path: Path, *, mac_only_encrypted: bool
) -> None:
    document = writer(mac_only_encrypted=mac_only_encrypted).encrypted({"a": "1", "b": "2"})
    fewer = {name: value for name, value in document.items() if name != "a"}
    plain = {**document, "a": "1" if mac_only_encrypted else "3"}
    turned = {"b": document["b"], "a": document["a"], "sops": document["sops"]}
    for altered in (fewer, plain, turned):
        with pytest.raises(InputError, match="its MAC does not match"):
            read(json.dumps(altered), "x.json", tmp_path)


@pytest.mark.parametrize("part", ["data", "iv", "tag"])
def test_altered_bytes(part: str, tmp_path: Path) -> None:
    document = writer().encrypted({"a": CANARY})
    at = document["a"].index(f"{part}:") + len(part) + 1
    letter = "B" if document["a"][at] == "A" else "A"
    document["a"] = document["a"][:at] + letter + document["a"][at + 1 :]
    with pytest.raises(InputError, match="altered or moved"):
        read(json.dumps(document), "x.json", tmp_path)


def test_an_earlier_time_of_change_is_noticed(tmp_path: Path) -> None:
    document = writer().encrypted({"a": "1"})
    document["sops"]["lastmodified"] = "2026-11-03T04:05:06Z"
    with pytest.raises(InputError, match=r"sops\.mac"):
        read(json.dumps(document), "x.json", tmp_path)


def test_somebody_elses_file(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="encrypted to others") as caught:
        read(writer().json(DOCUMENT), "x.json", tmp_path, new_key())
    assert caught.value.reason is Reason.DENIED


def test_a_file_without_age(tmp_path: Path) -> None:
    document = SopsWriter([]).encrypted({"a": "1"})
    with pytest.raises(SourceError, match="no age recipient"):
        read(json.dumps(document), "x.json", tmp_path)


def test_a_key_that_is_shared_out_is_not_guessed_at(tmp_path: Path) -> None:
    document = writer().encrypted({"a": "1"})
    document["sops"]["key_groups"] = [{}, {}]
    with pytest.raises(InputError, match="shared out over groups"):
        read(json.dumps(document), "x.json", tmp_path)


@pytest.mark.parametrize(
    ("text", "name", "message"),
    [
        (f"api_key: {CANARY}\n", "x.yaml", "SOPS did not encrypt it"),
        (f"API_KEY={CANARY}\n", "x.env", "SOPS did not encrypt it"),
        (f"{CANARY}\nsops_mac=x\n", "x.env", "line 1: not NAME=VALUE"),
        (f"A={CANARY}\nA={CANARY}\n", "x.env", "line 2: a second line"),
        (f"a: !{CANARY} x\n", "x.yaml", "line 1: a tag"),
        (f'a: "{CANARY}\n', "x.yaml", "not YAML"),
        (f"a: &{CANARY} x\nb: *{CANARY}\n", "x.yaml", "an alias"),
        (f"a: {CANARY}\na: x\n", "x.yaml", "stands there twice"),
        (f"a: {CANARY}\n---\nb: x\n", "x.yaml", "more than one document"),
        (f"- {CANARY}\n", "x.yaml", "no map"),
        ("a: " + "[" * 5000, "x.yaml", "nested too deeply"),
        ('{"a": ' + "[" * 5000, "x.json", "nested too deeply"),
        ('{"sops": {}, "a": ' + "[" * 300 + "]" * 300 + "}", "x.json", "missing required field"),
        (f'{{"sops": {{"mac": "{CANARY}"}}}}', "x.json", "missing required field `lastmodified`"),
        (f'{{"a": "{CANARY}"', "x.json", "not JSON"),
        (f"api_key = '{CANARY}'", "x.toml", "no format that is read"),
    ],
)
def test_what_is_malformed_is_said_without_values(text: str, name: str, message: str, tmp_path: Path) -> None:
    with pytest.raises(InputError) as caught:
        read(text, name, tmp_path)
    assert message in caught.value.message
    assert CANARY not in f"{caught.value.message} {caught.value.hint}"


def test_nesting_has_an_end_where_the_keys_are_right(tmp_path: Path) -> None:
    document = writer().encrypted({"a": "1"})
    deep: list[Any] = []
    for _ in range(300):
        deep = [deep]
    with pytest.raises(InputError, match="nested too deeply"):
        read(json.dumps({**document, "b": deep}), "x.json", tmp_path)


def test_without_a_mac_nothing_is_believed(tmp_path: Path) -> None:
    document = writer().encrypted({"a": "1"})
    document["sops"]["mac"] = ""
    with pytest.raises(InputError, match="no MAC"):
        read(json.dumps(document), "x.json", tmp_path)
